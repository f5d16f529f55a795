import { signal } from '@preact/signals';

/** Where one is: `#/network/production` is the view `network` of `production`. */
export const path = signal(read());

function read(): readonly string[] {
  const parts = location.hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  return parts.length === 0 ? ['overview'] : parts;
}

addEventListener('hashchange', () => {
  path.value = read();
});

export function hrefOf(...parts: readonly string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}
