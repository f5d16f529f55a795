import type { Homelab } from '../model/index.ts';
import { blocks, list } from './markdown.ts';

/** A page of the documentation as its index and MkDocs list it. */
export interface Entry {
  /** Below `docs/`. */
  readonly path: string;
  readonly title: string;
}

/** `docs/index.md` */
export function indexPage({ name, git }: Homelab, entries: readonly Entry[]): string {
  return blocks(
    `# ${name}`,
    `Compiled by homeplane from the definition in ${git.url}. It is as true as the tree beside it: both come from the same source.`,
    list(entries.map(({ path, title }) => `[${title}](${path})`)),
  );
}

/** `mkdocs.yml`: `mkdocs serve` with mkdocs-material shows it as a site, diagrams drawn. */
export function mkdocsConfig({ name }: Homelab, entries: readonly Entry[]): object {
  return {
    site_name: name,
    docs_dir: 'docs',
    theme: { name: 'material', palette: { scheme: 'default' } },
    markdown_extensions: [
      'admonition',
      'tables',
      {
        'pymdownx.superfences': {
          custom_fences: [{ name: 'mermaid', class: 'mermaid' }],
        },
      },
    ],
    nav: [{ Home: 'index.md' }, ...entries.map(({ path, title }) => ({ [title]: path }))],
  };
}
