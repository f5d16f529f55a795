import { Marked, type Tokens } from 'marked';
import { drawing } from './drawing.ts';
import { escaped } from './escape.ts';

/**
 * A page as HTML for the status page: diagrams are drawn, HTML in the text is shown as text, links to other pages stay
 * within it.
 * @param linkTo Address of another page by its path below `docs/`.
 */
export function htmlOf(markdown: string, path: string, linkTo: (path: string) => string): string {
  const marked = new Marked({
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
      code: ({ text, lang }) =>
        lang === 'mermaid' ? drawing(text) : `<pre tabindex="0"><code>${escaped(text)}</code></pre>`,
      table(token) {
        const cells = (row: readonly Tokens.TableCell[], tag: 'th' | 'td') =>
          row
            .map((cell, index) => {
              const first = tag === 'td' && index === 0;
              const text = this.parser.parseInline(cell.tokens);
              return first
                ? `<th scope="row">${text}</th>`
                : `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${text}</${tag}>`;
            })
            .join('');
        const body = token.rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
        return `<section class="table" tabindex="0" aria-label="table"><table><thead><tr>${cells(token.header, 'th')}</tr></thead><tbody>${body}</tbody></table></section>`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        if (/^https?:\/\//.test(href)) return `<a href="${escaped(href)}">${text}</a>`;
        return `<a href="${escaped(linkTo(resolve(path, href)))}">${text}</a>`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

/** A relative link as a path below `docs/`. */
function resolve(from: string, to: string): string {
  return new URL(to, `docs://docs/${from}`).pathname.replace(/^\//, '');
}
