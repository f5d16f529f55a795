import type { Exports } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
import type { Homelab } from '../model/index.ts';
import { isDelivered, kustomizations } from './kustomization.ts';
import { namespaceObject } from './namespace.ts';
import { isolation, networkPolicies } from './network-policy.ts';
import type { ClusterPlan, PlannedComponent } from './plan.ts';
import { helmRelease, repositories } from './release.ts';
import { secretFile } from './secrets.ts';
import { gitRepository, rootKustomization } from './sync.ts';
import { HELM_ACCOUNT, isTenant, tenantObjects } from './tenant.ts';
import { toYaml } from './yaml.ts';

type Files = [path: string, content: string][];

/** The files of `clusters/<cluster>/`. */
export function clusterFiles(homelab: Homelab, plan: ClusterPlan, gitops: Exports['gitops']): Files {
  const root = `clusters/${plan.cluster.name}`;
  const delivered = plan.components.filter(isDelivered);
  const flux = [
    'flux-system/repositories.yaml',
    'flux-system/sync.yaml',
    'flux-system/default-namespace.yaml',
  ];
  const entries = delivered.map(({ component }) => `${component.layer}/${component.name}.yaml`);
  return [
    [`${root}/kustomization.yaml`, kustomizeFile([...flux, ...entries])],
    [
      `${root}/flux-system/sync.yaml`,
      toYaml(gitRepository(homelab, plan.cluster, gitops), rootKustomization(homelab, plan.cluster, gitops)),
    ],
    [`${root}/flux-system/repositories.yaml`, toYaml(...repositories(plan))],
    [`${root}/flux-system/default-namespace.yaml`, toYaml(...defaultNamespace())],
    ...delivered.flatMap((planned) => componentFiles(homelab, plan, planned, gitops)),
  ];
}

function componentFiles(
  homelab: Homelab,
  plan: ClusterPlan,
  planned: PlannedComponent,
  gitops: Exports['gitops'],
): Files {
  const { contribution, folder } = planned;
  const secrets = (contribution.secrets ?? []).flatMap((need): Files => {
    const file = secretFile(homelab, plan.cluster.name, need);
    return file === undefined ? [] : [[`secret-${need.name}.yaml`, file.text]];
  });
  const tenant = isTenant(planned);
  const account = tenant ? HELM_ACCOUNT : undefined;
  const namespaces = contribution.namespaces.map(namespaceObject);
  const policies = contribution.namespaces.flatMap(({ name }) => networkPolicies(plan, name));
  const parts: Files = [
    ['namespace.yaml', tenant ? [] : namespaces],
    ['release.yaml', contribution.releases.map((release) => helmRelease(release, plan.cluster, account))],
    ['objects.yaml', contribution.objects ?? []],
    ['network-policies.yaml', tenant ? [] : policies],
  ]
    .filter((entry): entry is [string, KubeObject[]] => (entry[1]?.length ?? 0) > 0)
    .map(([file, objects]) => [file, toYaml(...objects)]);
  const config = contribution.config ?? [];
  const configFiles: Files = config.map(({ object }) => [
    `${object.kind.toLowerCase()}-${object.metadata.name}.yaml`,
    toYaml(object),
  ]);
  return [
    [
      `${folder}.yaml`,
      toYaml(
        ...(tenant ? [...namespaces, ...tenantObjects(planned), ...policies] : []),
        ...kustomizations(homelab, plan, planned, gitops),
      ),
    ],
    ...withKustomizeFile(folder, [...parts, ...secrets]),
    ...(config.length === 0 ? [] : withKustomizeFile(`${folder}/config`, configFiles)),
  ];
}

function withKustomizeFile(folder: string, files: Files): Files {
  return [
    [`${folder}/kustomization.yaml`, kustomizeFile(files.map(([file]) => file))],
    ...files.map(([file, content]): [string, string] => [`${folder}/${file}`, content]),
  ];
}

function kustomizeFile(resources: readonly string[]): string {
  return toYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources });
}

/** Nothing of ours runs in `default`; whatever lands there by mistake is restricted and isolated. */
function defaultNamespace(): KubeObject[] {
  return [namespaceObject({ name: 'default', needs: 'restricted' }), ...isolation('default')];
}
