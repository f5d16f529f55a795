import { join } from 'node:path';
import { execa } from 'execa';
import { complaintOf, each } from '../each.ts';
import type { Tool } from '../tool.ts';

/** Programs that homeplane does not bring, used where somebody has installed them. */
export const OUTSIDE: readonly Tool[] = [
  {
    name: 'kubeconform',
    what: 'objects against the schemas of Kubernetes',
    run: ({ folder, files, homelab }) =>
      installed('kubeconform', ['-v'], () => {
        const objects = files.filter(
          (path) => path.startsWith('clusters/') && !path.endsWith('kustomization.yaml'),
        );
        const version = homelab.clusters[0]?.kubernetes ?? 'master';
        const options = ['-strict', '-ignore-missing-schemas', `-kubernetes-version=${version}`];
        return each(objects, (path) => complaintOf('kubeconform', [...options, join(folder, path)]));
      }),
  },
  {
    name: 'renovate-config-validator',
    what: "Renovate's configuration",
    run: ({ folder, files }) =>
      installed('renovate-config-validator', ['--version'], () =>
        each(
          files.filter((path) => path === 'renovate.json'),
          (path) => complaintOf('renovate-config-validator', ['--strict', '--no-global', join(folder, path)]),
        ),
      ),
  },
  {
    name: 'cloud-init',
    what: 'user-data of Ubuntu machines',
    run: ({ folder, files }) =>
      installed('cloud-init', ['--version'], () =>
        each(
          files.filter((path) => path.endsWith('/cloud-init.yaml')),
          (path) => complaintOf('cloud-init', ['schema', '--config-file', join(folder, path)]),
        ),
      ),
  },
  {
    name: 'trivy',
    what: 'misconfigurations',
    run: ({ folder }) =>
      installed('trivy', ['--version'], () =>
        each(['clusters'], (path) =>
          complaintOf('trivy', [
            'config',
            '--quiet',
            '--exit-code=1',
            '--severity=CRITICAL',
            join(folder, path),
          ]),
        ),
      ),
  },
  {
    name: 'polaris',
    what: 'good practice of workloads',
    run: ({ folder }) =>
      installed('polaris', ['version'], () =>
        each(['clusters'], (path) =>
          complaintOf('polaris', [
            'audit',
            '--only-show-failed-tests',
            '--set-exit-code-on-danger',
            `--audit-path=${join(folder, path)}`,
          ]),
        ),
      ),
  },
];

async function installed<T>(
  program: string,
  args: readonly string[],
  work: () => Promise<T>,
): Promise<T | undefined> {
  const { exitCode } = await execa(program, args, { reject: false, timeout: 30_000 });
  return exitCode === 0 ? work() : undefined;
}
