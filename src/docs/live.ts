import type { ClusterStatus } from '../observe/index.ts';
import { oneLine, plural } from '../util/index.ts';
import { blocks, list, table } from './markdown.ts';

/** Where what a cluster said goes. homeplane's record of the tree does not know it: only its cluster can write it. */
export function livePath(cluster: string): string {
  return `docs/operations/status-${cluster}.md`;
}

const KINDS = [
  'Node',
  'GitRepository',
  'Kustomization',
  'HelmRelease',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'PersistentVolumeClaim',
  'Pod',
];

/** What a cluster said, with the time at which it did. */
export function livePage({ name, connected, ready, objects, causes }: ClusterStatus, readAt: Date): string {
  const unready = objects.filter(({ state }) => state !== 'ready');
  const addresses = objects.filter(({ address }) => address !== undefined);
  return blocks(
    `# Status of ${name}`,
    `Read at ${readAt.toISOString()}. ${!connected ? 'Its API server did not answer.' : ready ? 'Everything was ready.' : `${plural(unready.length, 'object')} ${unready.length === 1 ? 'was' : 'were'} not ready.`}`,
    table(
      ['Kind', 'Ready', 'In all'],
      KINDS.map((kind) => {
        const all = objects.filter((object) => object.kind === kind);
        return [kind, String(all.filter(({ state }) => state === 'ready').length), String(all.length)];
      }),
    ),
    causes.length === 0 ? undefined : '## At fault',
    list(causes.map(({ object, message }) => `**${object}**: ${oneLine(message)}`)),
    unready.length === 0 ? undefined : '## Not ready',
    table(
      ['Object', 'State', 'Why'],
      unready.map(({ kind, namespace, name: object, state, message }) => [
        `${kind} ${namespace === undefined ? '' : `${namespace}/`}${object}`,
        state,
        oneLine(message),
      ]),
    ),
    addresses.length === 0 ? undefined : '## Addresses',
    table(
      ['Service', 'Address'],
      addresses.map(({ namespace, name: service, address = '' }) => [`${namespace}/${service}`, address]),
    ),
  );
}
