import { parse } from 'yaml';
import type { Exports } from '../components/index.ts';
import { isRecord, type KubeObject } from '../kube/index.ts';
import { isDelivered, kustomizations } from './kustomization.ts';
import { namespaceObject } from './namespace.ts';
import { isolation, networkPolicies } from './network-policy.ts';
import type { ClusterPlan, PlannedComponent } from './plan.ts';
import { helmRelease, repositories } from './release.ts';
import { secretFile } from './secrets.ts';
import { gitRepository, rootKustomization } from './sync.ts';
import { HELM_ACCOUNT, isTenant, tenantObjects } from './tenant.ts';

/** A file of a cluster's part of the tree, as objects. */
export interface ClusterDocument {
  /** Path in the tree. */
  readonly file: string;
  /** Folder of the Kustomization that applies it. */
  readonly folder: string;
  readonly objects: readonly KubeObject[];
  /** Its text, where that is not ours: an encrypted Secret. */
  readonly text?: string;
  /** Whose it is; undefined for what the cluster itself needs. */
  readonly planned?: PlannedComponent;
}

/** Everything below `clusters/<cluster>/` but the lists that kustomize wants, in the order of those lists. */
export function clusterDocuments(plan: ClusterPlan, gitops: Exports['gitops']): ClusterDocument[] {
  const { homelab, cluster } = plan;
  const folder = `clusters/${cluster.name}`;
  const delivered = plan.components.filter(isDelivered);
  const sync = [gitRepository(homelab, cluster, gitops), rootKustomization(homelab, cluster, gitops)];
  const own = [
    { file: 'repositories.yaml', objects: repositories(plan) },
    { file: 'sync.yaml', objects: sync },
    { file: 'default-namespace.yaml', objects: defaultNamespace() },
  ];
  return [
    ...own.map(({ file, objects }) => ({ folder, file: `${folder}/flux-system/${file}`, objects })),
    ...delivered.map((planned) => ({
      folder,
      file: `${planned.folder}.yaml`,
      planned,
      objects: [
        ...(isTenant(planned) ? grounds(plan, planned) : []),
        ...kustomizations(homelab, plan, planned, gitops),
      ],
    })),
    ...delivered.flatMap((planned) => componentDocuments(plan, planned)),
  ];
}

function componentDocuments(plan: ClusterPlan, planned: PlannedComponent): ClusterDocument[] {
  const { contribution, folder } = planned;
  const account = isTenant(planned) ? HELM_ACCOUNT : undefined;
  const parts = {
    'namespace.yaml': isTenant(planned) ? [] : contribution.namespaces.map(namespaceObject),
    'release.yaml': contribution.releases.map((release) => helmRelease(release, plan.cluster, account)),
    'objects.yaml': contribution.objects ?? [],
    'network-policies.yaml': isTenant(planned) ? [] : policies(plan, planned),
  };
  const config = `${folder}/config`;
  return [
    ...Object.entries(parts)
      .filter(([, objects]) => objects.length > 0)
      .map(([file, objects]) => ({ folder, file: `${folder}/${file}`, planned, objects })),
    ...(contribution.secrets ?? []).flatMap((need): ClusterDocument[] => {
      const secret = secretFile(plan.homelab, plan.cluster.name, need);
      if (secret === undefined) return [];
      const { text } = secret;
      const file = `${folder}/secret-${need.name}.yaml`;
      return [{ folder, file, planned, text, objects: secretObject(text) }];
    }),
    ...(contribution.config ?? []).map(({ object }) => ({
      folder: config,
      file: `${config}/${object.kind.toLowerCase()}-${object.metadata.name}.yaml`,
      planned,
      objects: [object],
    })),
  ];
}

/** An encrypted Secret as it is in Git; its values stay as they are. */
function secretObject(text: string): KubeObject[] {
  const value: unknown = parse(text);
  return isRecord(value) ? [value as unknown as KubeObject] : [];
}

/** What an app stands on and may not change itself. */
function grounds(plan: ClusterPlan, planned: PlannedComponent): KubeObject[] {
  const namespaces = planned.contribution.namespaces.map(namespaceObject);
  return [...namespaces, ...tenantObjects(planned), ...policies(plan, planned)];
}

function policies(plan: ClusterPlan, { contribution }: PlannedComponent): KubeObject[] {
  return contribution.namespaces.flatMap(({ name }) => networkPolicies(plan, name));
}

/** Nothing of ours runs in `default`; whatever lands there by mistake is restricted and isolated. */
function defaultNamespace(): KubeObject[] {
  return [namespaceObject({ name: 'default', needs: 'restricted' }), ...isolation('default')];
}
