import { execa } from 'execa';
import { z } from 'zod';
import type { KubeObject } from '../kube/index.ts';
import { Fault } from '../util/index.ts';
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

/**
 * Builds Kustomizations as kustomize-controller does.
 * @param folder A copy of the repository: files are written into it.
 * @throws Fault HP1009 when the program fails as a whole.
 */
export async function buildKustomizations(
  program: string,
  folder: string,
  requests: readonly { readonly path: string; readonly kustomization: KubeObject }[],
): Promise<Built[]> {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
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
