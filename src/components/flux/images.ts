import type { KubeObject } from '../../kube/index.ts';
import type { Cluster, Homelab } from '../../model/index.ts';
import type { ImageUpdates } from '../contribution.ts';

/** Folder beside the definition that Flux writes tags into; the definition is compiled with them. */
export const VERSIONS_FOLDER = 'versions';

/** Branch that Flux pushes tags to; what compiles and merges it is the delivery's. */
export function imagesBranch(cluster: string): string {
  return `flux-images/${cluster}`;
}

/** What the image-reflector-controller looks at and the image-automation-controller writes. */
export function imageAutomation(
  namespace: string,
  { git }: Homelab,
  { name: cluster }: Cluster,
  images: readonly ImageUpdates[],
): KubeObject[] {
  const object = (kind: string, name: string, spec: Record<string, unknown>): KubeObject => ({
    apiVersion: 'image.toolkit.fluxcd.io/v1',
    kind,
    metadata: { name, namespace },
    spec,
  });
  return [
    ...images.flatMap(({ name, repository, range }) => [
      object('ImageRepository', name, { image: repository, interval: '1h' }),
      object('ImagePolicy', name, { imageRepositoryRef: { name }, policy: { semver: { range } } }),
    ]),
    object('ImageUpdateAutomation', 'apps', {
      interval: '30m',
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      git: {
        checkout: { ref: { branch: git.branch } },
        commit: {
          author: { name: 'flux', email: 'flux@users.noreply.github.com' },
          messageTemplate: `Newer images on ${cluster}\n\n{{ range .Changed.Changes }}{{ .OldValue }} -> {{ .NewValue }}\n{{ end }}`,
        },
        push: { branch: imagesBranch(cluster) },
      },
      update: { path: `${git.path === '.' ? '.' : `./${git.path}`}/${VERSIONS_FOLDER}`, strategy: 'Setters' },
    }),
  ];
}

/** `versions/CLUSTER.yaml`: a tag for each image, with the mark by which Flux finds it. */
export function versionsFile(namespace: string, images: readonly ImageUpdates[]): string {
  const lines = images.map(
    ({ name, tag }) => `${name}: ${JSON.stringify(tag)} # {"$imagepolicy": "${namespace}:${name}:tag"}\n`,
  );
  return `# Flux writes newer tags here; the definition is compiled with them.\n${lines.join('')}`;
}
