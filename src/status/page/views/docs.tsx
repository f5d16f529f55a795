import { useEffect, useState } from 'preact/hooks';
import { hrefOf, path } from '../route.ts';

interface Entry {
  readonly path: string;
  readonly title: string;
}

/** The homelab's documentation, as it is compiled from the definition now. */
export function Docs() {
  const [, ...parts] = path.value;
  const chosen = parts.length === 0 ? 'architecture.md' : parts.join('/');
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [html, setHtml] = useState<string>();
  useEffect(() => {
    void fetch('/api/docs')
      .then(async (answer) => setEntries((await answer.json()) as Entry[]))
      .catch(() => setEntries([]));
  }, []);
  useEffect(() => {
    void fetch(`/api/docs/${chosen}`)
      .then(async (answer) => setHtml(answer.ok ? await answer.text() : '<h1>There is no such page</h1>'))
      .catch(() => setHtml('<h1>homeplane does not answer</h1>'));
  }, [chosen]);
  return (
    <div class="docs">
      <nav aria-label="Pages">
        <ul>
          {entries.map(({ path: page, title }) => (
            <li key={page}>
              <a
                href={hrefOf('docs', ...page.split('/'))}
                aria-current={page === chosen ? 'page' : undefined}
              >
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {html === undefined ? (
        <h1>Reading ...</h1>
      ) : (
        // Our own server made it of the definition, with every tag in it shown as text.
        // oxlint-disable-next-line react/no-danger
        <article dangerouslySetInnerHTML={{ __html: html }} />
      )}
    </div>
  );
}
