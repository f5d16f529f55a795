import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Edit, isObjectRule, RULES } from '../check/index.ts';
import { groupBy, unique } from '../util/index.ts';
import { type RepositoryCluster, worldOf } from './cluster.ts';
import { editYaml } from './edit-yaml.ts';
import type { Repository } from './read.ts';

/** A file that a rule knows how to mend. */
export interface Mended {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** Rules that it is mended for. */
  readonly rules: readonly string[];
}

interface Wanted {
  readonly rule: string;
  readonly file: string;
  /** Of the object's first line. */
  readonly line: number;
  readonly edits: readonly Edit[];
}

/** Files with everything written into them that rules know to write; the rest of each file stays as it is. */
export async function mendRepository({ root, clusters }: Repository): Promise<Mended[]> {
  const wanted = clusters.flatMap(wantedIn);
  return Promise.all(
    [...groupBy(wanted, ({ file }) => file)].map(async ([file, edits]) => {
      const path = join(root, file);
      const before = await readFile(path, 'utf8');
      const rules = [...new Set(edits.map(({ rule }) => rule))].toSorted();
      return { file: path, before, after: editYaml(before, edits), rules };
    }),
  ).then((mended) => mended.filter(({ before, after }) => before !== after));
}

function wantedIn(cluster: RepositoryCluster): Wanted[] {
  const { places, rendered } = cluster;
  const world = worldOf(cluster);
  return RULES.filter(isObjectRule).flatMap((rule) =>
    // Several problems of one object are mended at once.
    unique([...rule.inspect(world)].map(({ object }) => object)).flatMap((object) => {
      const place = places.get(object);
      const edits = rule.mend?.(object) ?? [];
      // What a chart makes is written nowhere.
      return place === undefined || edits.length === 0 || rendered.has(object)
        ? []
        : [{ rule: rule.id, ...place, edits }];
    }),
  );
}
