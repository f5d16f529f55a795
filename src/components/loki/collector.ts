import type { KubeObject } from '../../kube/index.ts';
import { account, onePodDeployment, RESTRICTED_CONTAINER, resources, restrictedPod } from '../shared.ts';
import { COLLECTOR_LABELS, NAMESPACE, PORT } from './names.ts';

const IMAGE = 'docker.io/grafana/alloy:v1.10.1';
const NAME = 'alloy';
/** Alloy's own user (grafana.com/docs/alloy, its Dockerfile). */
const USER = 473;

/**
 * Reads the logs by the API server, not from the nodes' disks: one pod without any right on a host, which is enough
 * for the hundred pods or so that these boards run.
 */
export function collectorObjects(cluster: string): KubeObject[] {
  const metadata = { name: NAME, namespace: NAMESPACE, labels: COLLECTOR_LABELS };
  return [
    ...account(NAME, NAMESPACE, [
      { apiGroups: [''], resources: ['pods', 'pods/log', 'namespaces'], verbs: ['get', 'list', 'watch'] },
    ]),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'config.alloy': configuration(cluster) } },
    onePodDeployment(metadata, podSpec()),
  ];
}

function podSpec(): object {
  return {
    ...restrictedPod(USER),
    serviceAccountName: NAME,
    containers: [
      {
        name: NAME,
        image: IMAGE,
        args: [
          'run',
          '/etc/alloy/config.alloy',
          '--storage.path=/tmp/alloy',
          '--server.http.listen-addr=127.0.0.1:12345',
          '--disable-reporting',
        ],
        resources: resources({ cpu: '50m', memory: '128Mi' }, { cpu: '500m', memory: '384Mi' }),
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [
          { name: 'config', mountPath: '/etc/alloy' },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: NAME } },
      { name: 'tmp', emptyDir: {} },
    ],
  };
}

function configuration(cluster: string): string {
  const label = (name: string) => `  rule {
    source_labels = ["__meta_kubernetes_${name === 'container' ? 'pod_container_name' : name === 'pod' ? 'pod_name' : 'namespace'}"]
    target_label  = "${name}"
  }
`;
  return `discovery.kubernetes "pods" {
  role = "pod"
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets
${['namespace', 'pod', 'container'].map(label).join('')}}

loki.source.kubernetes "pods" {
  targets    = discovery.relabel.pods.output
  forward_to = [loki.write.store.receiver]
}

loki.write "store" {
  endpoint {
    url = "http://loki.${NAMESPACE}.svc:${PORT}/loki/api/v1/push"
  }
  external_labels = { cluster = "${cluster}" }
}
`;
}
