import { availableParallelism } from 'node:os';
import { execa } from 'execa';
import { z } from 'zod';
import type { KubeObject } from '../kube/index.ts';
import { Fault, groupBy } from '../util/index.ts';
import { isObject } from './scan.ts';

export interface Built {
  readonly objects: readonly KubeObject[];
  /** What Flux would say; then there are no objects. */
  readonly error: string | undefined;
}

const AnswerSchema = z.object({
  objects: z.array(z.unknown()).default([]),
  error: z.string().optional(),
});

/** A Kustomization to build, and its folder in the repository. */
export interface BuildRequest {
  readonly path: string;
  readonly kustomization: KubeObject;
}

/**
 * Builds Kustomizations as kustomize-controller does, in the order in which they are asked for.
 * @param folder A copy of the repository: files are written into it.
 * @throws Fault HP1009 when the program fails as a whole.
 */
export async function buildKustomizations(
  program: string,
  folder: string,
  requests: readonly BuildRequest[],
): Promise<Built[]> {
  // The library builds one at a time; what is built in the same folder has to be.
  const folders = [...groupBy(requests, ({ path }) => path).values()];
  const processes = Array.from({ length: Math.min(availableParallelism(), folders.length) }, (_, number) =>
    folders.filter((_each, index) => index % availableParallelism() === number).flat(),
  );
  const answers = await Promise.all(
    processes.map(async (own) => {
      const built = await buildInOne(program, folder, own);
      return own.map((request, index) => [request, built[index]] as const);
    }),
  );
  const byRequest = new Map(answers.flat());
  return requests.map((request) => byRequest.get(request) ?? { objects: [], error: 'it was not built' });
}

async function buildInOne(
  program: string,
  folder: string,
  requests: readonly BuildRequest[],
): Promise<Built[]> {
  const input = requests
    .map(({ path, kustomization }) => `${JSON.stringify({ path, kustomization })}\n`)
    .join('');
  const { stdout, stderr, failed } = await execa(program, [folder], {
    input,
    reject: false,
    maxBuffer: 1e9,
    // Nothing of ours is in its environment: it has no business with a cluster or a proxy.
    extendEnv: false,
    env: { TMPDIR: folder },
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  if (failed || lines.length !== requests.length) throw new Fault('HP1009', stderr.trim().slice(0, 500));
  return lines.map((line) => {
    const { objects, error } = AnswerSchema.parse(JSON.parse(line));
    return { objects: objects.filter(isObject), error };
  });
}
