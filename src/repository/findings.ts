import { join } from 'node:path';
import { checkObjects, READING, type RuleFacts } from '../check/index.ts';
import { type KubeObject, objectName } from '../kube/index.ts';
import { type Finding, type Position, SEVERITIES } from '../model/index.ts';
import { sortBy } from '../util/index.ts';
import { type RepositoryCluster, worldOf } from './cluster.ts';
import type { Repository } from './read.ts';

/** What every rule that needs no definition says of a repository; of what several clusters share, once. */
export function repositoryFindings({ root, clusters, skipped }: Repository): Finding[] {
  const found = [
    ...clusters.flatMap((cluster) => clusterFindings(cluster, root)),
    ...skipped.map(({ file, why }) =>
      reading(READING.file, `${file}: ${why}`, { file: join(root, file), line: 1, column: 1 }),
    ),
  ];
  const different = new Map(
    found.map((finding) => [`${finding.rule} ${finding.message} ${finding.position?.file}`, finding]),
  );
  return sortBy(
    different.values(),
    ({ severity, position, rule }) =>
      `${SEVERITIES.indexOf(severity)} ${position?.file ?? ''}:${String(position?.line ?? 0).padStart(6, '0')}:${rule}`,
  );
}

function clusterFindings(cluster: RepositoryCluster, root: string): Finding[] {
  const { places, failures, rendered } = cluster;
  const place = (object: KubeObject): Position | undefined => {
    const found = places.get(object);
    return found === undefined ? undefined : { file: join(root, found.file), line: found.line, column: 1 };
  };
  const world = worldOf(cluster);
  return [
    ...failures.map(({ object, what, message }) =>
      reading(READING[what], `${objectName(object)}: ${message}`, place(object)),
    ),
    // A chart's author answers for what it makes; what cannot start is the user's trouble all the same.
    ...checkObjects(world, place, {
      speaks: ({ severity }, object) => severity === 'error' || !rendered.has(object),
    }),
  ];
}

function reading(
  { id, severity, why, remedy }: RuleFacts,
  message: string,
  position: Position | undefined,
): Finding {
  return { rule: id, severity, message, why, remedy, at: [], position };
}
