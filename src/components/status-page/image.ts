import { VERSION } from '../../util/index.ts';

/** Registries of forges that have them under another name than their own. */
const REGISTRIES: Readonly<Record<string, string>> = {
  'github.com': 'ghcr.io',
  'gitlab.com': 'registry.gitlab.com',
};

/** The image that a repository's own CI builds: `ghcr.io/me/lab/status-page:0.1.0` of `https://github.com/me/lab`. */
export function pageImage(git: string): string {
  const [, host = '', path = ''] =
    /^(?:\w+:\/\/)?(?:[^@/]+@)?([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/.exec(git) ?? [];
  return `${REGISTRIES[host] ?? host}/${path.toLowerCase()}/status-page:${VERSION}`;
}
