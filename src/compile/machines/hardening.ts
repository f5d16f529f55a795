/** What a hardened machine is told beyond the defaults of its operating system. Same for Talos and kubeadm. */

const READS = ['get', 'list', 'watch'];

/**
 * What the API server writes down (CIS Kubernetes Benchmark 3.2): who touched secrets and who changed anything, and
 * not the endless reads of the cluster's own parts, which would wear out a small disk.
 */
export const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    {
      level: 'None',
      users: [
        'system:kube-controller-manager',
        'system:kube-scheduler',
        'system:kube-proxy',
        'system:apiserver',
      ],
      verbs: READS,
    },
    { level: 'None', userGroups: ['system:nodes'], verbs: READS },
    {
      level: 'None',
      nonResourceURLs: ['/healthz*', '/livez*', '/readyz*', '/version', '/metrics', '/openapi*'],
    },
    {
      level: 'None',
      resources: [
        { group: '', resources: ['events'] },
        { group: 'events.k8s.io', resources: ['events'] },
        { group: 'coordination.k8s.io', resources: ['leases'] },
      ],
    },
    // Metadata only: the content of a secret must not end up in a log.
    {
      level: 'Metadata',
      resources: [{ group: '', resources: ['secrets', 'configmaps', 'serviceaccounts/token'] }],
    },
    { level: 'None', verbs: READS },
    { level: 'Request', resources: [{ group: 'rbac.authorization.k8s.io' }] },
    { level: 'Metadata' },
  ],
} as const;

/** Days, files and megabytes of audit log that are kept. */
export const AUDIT_LOG = { maxage: 30, maxbackup: 5, maxsize: 20 } as const;

/** Kubelet settings of CIS Kubernetes Benchmark 4.2 that are not the defaults everywhere. */
export const KUBELET = {
  podPidsLimit: 4096,
  seccompDefault: true,
  streamingConnectionIdleTimeout: '5m0s',
  eventRecordQPS: 5,
} as const;

/** With `protectKernelDefaults` a kubelet refuses to start unless the kernel is set like this (kubelet, cm_linux). */
export const KUBELET_SYSCTLS =
  'vm.overcommit_memory = 1\nvm.panic_on_oom = 0\nkernel.panic = 10\nkernel.panic_on_oops = 1\n';
