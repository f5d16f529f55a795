import type { ObjectRule } from '../rule.ts';

/** Group/version and kinds -> since when it is not served (kubernetes.io/docs/reference/using-api/deprecation-guide). */
const REMOVED: readonly (readonly [
  apiVersion: string,
  kinds: readonly string[],
  since: string,
  instead: string,
])[] = [
  [
    'extensions/v1beta1',
    ['Deployment', 'DaemonSet', 'ReplicaSet', 'Ingress', 'NetworkPolicy', 'PodSecurityPolicy'],
    '1.22',
    'apps/v1 or networking.k8s.io/v1',
  ],
  ['apps/v1beta1', ['Deployment', 'StatefulSet'], '1.16', 'apps/v1'],
  ['apps/v1beta2', ['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet'], '1.16', 'apps/v1'],
  ['networking.k8s.io/v1beta1', ['Ingress', 'IngressClass'], '1.22', 'networking.k8s.io/v1'],
  [
    'rbac.authorization.k8s.io/v1beta1',
    ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
    '1.22',
    'rbac.authorization.k8s.io/v1',
  ],
  ['apiextensions.k8s.io/v1beta1', ['CustomResourceDefinition'], '1.22', 'apiextensions.k8s.io/v1'],
  [
    'admissionregistration.k8s.io/v1beta1',
    ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
    '1.22',
    'admissionregistration.k8s.io/v1',
  ],
  ['scheduling.k8s.io/v1beta1', ['PriorityClass'], '1.22', 'scheduling.k8s.io/v1'],
  [
    'storage.k8s.io/v1beta1',
    ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    '1.22',
    'storage.k8s.io/v1',
  ],
  ['batch/v1beta1', ['CronJob'], '1.25', 'batch/v1'],
  ['policy/v1beta1', ['PodDisruptionBudget', 'PodSecurityPolicy'], '1.25', 'policy/v1'],
  ['discovery.k8s.io/v1beta1', ['EndpointSlice'], '1.25', 'discovery.k8s.io/v1'],
  ['autoscaling/v2beta1', ['HorizontalPodAutoscaler'], '1.25', 'autoscaling/v2'],
  ['autoscaling/v2beta2', ['HorizontalPodAutoscaler'], '1.26', 'autoscaling/v2'],
  [
    'flowcontrol.apiserver.k8s.io/v1beta2',
    ['FlowSchema', 'PriorityLevelConfiguration'],
    '1.29',
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1beta3',
    ['FlowSchema', 'PriorityLevelConfiguration'],
    '1.32',
    'flowcontrol.apiserver.k8s.io/v1',
  ],
];

export const UPD002: ObjectRule = {
  id: 'UPD002',
  title: 'an API version that Kubernetes has removed',
  severity: 'error',
  why: 'The API server does not know it: the whole Kustomization fails, also what is right in it.',
  remedy: 'Write the version that is served, and look whether its fields have other names.',
  references: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
  bad: `
apiVersion: batch/v1beta1
kind: CronJob
metadata: { name: backup, namespace: web }
`,
  good: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: backup, namespace: web }
`,
  mend({ apiVersion, kind }) {
    const row = REMOVED.find(([version, kinds]) => version === apiVersion && kinds.includes(kind));
    // One that can be either has other fields too.
    return row === undefined || row[3].includes(' or ') ? [] : [{ path: ['apiVersion'], value: row[3] }];
  },
  *inspect(world) {
    for (const [apiVersion, kinds, since, instead] of REMOVED)
      for (const object of world.of(...kinds))
        if (object.apiVersion === apiVersion)
          yield {
            object,
            message: `is written in ${apiVersion}, which is not served since Kubernetes ${since}`,
            remedy: `Write ${instead}.`,
          };
  },
};
