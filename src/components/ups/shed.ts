import type { KubeObject } from '../../kube/index.ts';
import type { Neighbour } from '../contract.ts';
import { account, onePodDeployment, RESTRICTED_CONTAINER, resources, restrictedPod } from '../shared.ts';
import { EXPORTER_PORT, NAMESPACE, SHED_LABELS } from './names.ts';

/** kubectl, curl and a shell. */
const IMAGE = 'docker.io/alpine/k8s:1.34.1';
const NAME = 'shed';

/** Stops the apps when the battery runs low, and starts them when it does not any more. */
export function shedObjects(apps: readonly Neighbour[]): KubeObject[] {
  const metadata = { name: NAME, namespace: NAMESPACE, labels: SHED_LABELS };
  return [
    ...account(NAME, NAMESPACE, [
      {
        apiGroups: ['kustomize.toolkit.fluxcd.io'],
        resources: ['kustomizations'],
        resourceNames: apps.map(({ name }) => name),
        verbs: ['get', 'patch'],
      },
      { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: ['get', 'list', 'patch'] },
      {
        apiGroups: ['apps'],
        resources: ['deployments/scale', 'statefulsets/scale'],
        verbs: ['get', 'patch', 'update'],
      },
    ]),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'shed.sh': SHED_SCRIPT } },
    onePodDeployment(metadata, {
      serviceAccountName: NAME,
      priorityClassName: 'system-cluster-critical',
      ...restrictedPod(65_534),
      containers: [
        {
          name: NAME,
          image: IMAGE,
          command: ['/bin/sh', '/config/shed.sh'],
          env: [
            { name: 'STATE', value: `http://nut.${NAMESPACE}.svc:${EXPORTER_PORT}/metrics?ups=apps` },
            { name: 'APPS', value: apps.map(({ name }) => name).join(' ') },
            { name: 'NAMESPACES', value: namespacesOf(apps).join(' ') },
            // kubectl keeps what it has learnt of the API there.
            { name: 'HOME', value: '/tmp' },
          ],
          resources: resources({ cpu: '10m', memory: '24Mi' }, { cpu: '200m', memory: '128Mi' }),
          securityContext: RESTRICTED_CONTAINER,
          volumeMounts: [
            { name: 'config', mountPath: '/config', readOnly: true },
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: NAME } },
        { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
      ],
    }),
  ];
}

function namespacesOf(apps: readonly Neighbour[]): string[] {
  return apps.flatMap(({ contribution }) => contribution.namespaces.map(({ name }) => name));
}

/**
 * Flux is told to leave an app alone before it is scaled to nothing, and how many replicas it had is kept at the
 * object itself: whoever starts them again needs no memory of having stopped them.
 */
export const SHED_SCRIPT = `set -u
KEPT=homeplane.dev/replicas
INTERVAL=\${INTERVAL:-10}

has() { printf '%s\\n' "$metrics" | grep -Eq "^network_ups_tools_ups_status\\{([^}]*,)?flag=\\"$1\\"[^}]*\\} 1$"; }

suspend() {
  for app in $APPS; do
    kubectl --namespace flux-system patch kustomization "$app" --type merge --patch "{\\"spec\\":{\\"suspend\\":$1}}"
  done
}

# One line each: namespace kind/name replicas, and how many there were before
workloads() {
  for namespace in $NAMESPACES; do
    kubectl --namespace "$namespace" get deployments,statefulsets --output jsonpath='{range .items[*]}{.metadata.namespace} {.kind}/{.metadata.name} {.spec.replicas} {.metadata.annotations.homeplane\\.dev/replicas}{"\\n"}{end}'
  done
}

stop() {
  suspend true
  workloads | while read -r namespace workload replicas kept; do
    [ "$replicas" = 0 ] && continue
    kubectl --namespace "$namespace" annotate --overwrite "$workload" "$KEPT=$replicas"
    kubectl --namespace "$namespace" scale --replicas 0 "$workload"
  done
}

start() {
  workloads | while read -r namespace workload replicas kept; do
    [ -z "$kept" ] && continue
    kubectl --namespace "$namespace" scale --replicas "$kept" "$workload"
    kubectl --namespace "$namespace" annotate "$workload" "$KEPT-"
  done
  suspend false
}

# After a start nobody knows what was before: whatever was stopped is looked at once.
state=unknown
while :; do
  if metrics=$(curl --fail --silent --show-error --max-time 5 "$STATE"); then
    if has OB && has LB; then
      [ "$state" = stopped ] || { stop && state=stopped; }
    elif has OL; then
      [ "$state" = started ] || { start && state=started; }
    fi
  fi
  sleep "$INTERVAL"
done
`;
