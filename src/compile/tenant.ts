import { APPS_ACCOUNT } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
import type { PlannedComponent } from './plan.ts';
import { SYNC } from './sync.ts';

/** Account in an app's namespace that its chart is installed as. */
export const HELM_ACCOUNT = 'helm';

/** Whether Flux applies it with the rights of its own namespace only. */
export function isTenant({ component }: PlannedComponent): boolean {
  return component.layer === 'apps';
}

/**
 * What lets Flux apply an app without being cluster-admin: its own namespace, and nothing else. The namespace, its
 * PodSecurity level and its policies are the platform's, so that an app cannot relax them.
 */
export function tenantObjects({ contribution }: PlannedComponent): KubeObject[] {
  return contribution.namespaces.flatMap(({ name }) => [
    admin(name, 'apps', APPS_ACCOUNT, SYNC.namespace),
    ...(contribution.releases.length === 0
      ? []
      : [
          {
            apiVersion: 'v1',
            kind: 'ServiceAccount',
            metadata: { name: HELM_ACCOUNT, namespace: name },
          },
          admin(name, HELM_ACCOUNT, HELM_ACCOUNT, name),
        ]),
  ]);
}

function admin(namespace: string, name: string, account: string, of: string): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: `homeplane-${name}`, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: of }],
  };
}
