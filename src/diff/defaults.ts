import { quantity } from '../capacity/index.ts';

/** Path, as a pattern -> what the API server fills in where nothing is written (kubernetes.io/docs/reference/kubernetes-api). */
const DEFAULTS: readonly (readonly [RegExp, unknown])[] = [
  [/^spec\.replicas$/, 1],
  [/^spec\.type$/, 'ClusterIP'],
  [/^spec\.sessionAffinity$/, 'None'],
  [/^spec\.revisionHistoryLimit$/, 10],
  [/^spec\.progressDeadlineSeconds$/, 600],
  [/^spec\.podManagementPolicy$/, 'OrderedReady'],
  [/\.terminationGracePeriodSeconds$/, 30],
  [/\.restartPolicy$/, 'Always'],
  [/\.dnsPolicy$/, 'ClusterFirst'],
  [/\.schedulerName$/, 'default-scheduler'],
  [/\.(hostNetwork|hostPID|hostIPC|readOnly|optional|suspend)$/, false],
  [/\.ports\[[^\]]*\]\.protocol$/, 'TCP'],
  [/\.terminationMessagePath$/, '/dev/termination-log'],
  [/\.terminationMessagePolicy$/, 'File'],
  [/\.(timeoutSeconds|successThreshold)$/, 1],
  [/\.periodSeconds$/, 10],
  [/\.failureThreshold$/, 3],
  [/^reclaimPolicy$/, 'Delete'],
  [/^volumeBindingMode$/, 'Immediate'],
  [/^allowVolumeExpansion$/, false],
  [/\.volumeMode$/, 'Filesystem'],
];

/** A value, or what stands for it where only the other side writes it. */
export function withDefault(path: string, value: unknown, other: unknown): unknown {
  if (value !== undefined && value !== null) return value;
  if (other === undefined || other === null) return undefined;
  // An empty map or list is the same as none.
  if (typeof other === 'object' && Object.keys(other).length === 0) return other;
  return DEFAULTS.find(([pattern]) => pattern.test(path))?.[1] ?? undefined;
}

const QUANTITY = /^\d+(\.\d+)?([numkMGTPE]|[KMGTPE]i)?$/;

/** Whether two values are one amount, differently written: `1` and `1000m`. */
export function sameQuantity(a: unknown, b: unknown): boolean {
  const looks = [a, b].every(
    (value) => typeof value === 'number' || (typeof value === 'string' && QUANTITY.test(value)),
  );
  // `1.10` and `1.1` may be versions: at least one of them has to have a unit, or be a number.
  const unit = [a, b].some((value) => typeof value === 'number' || /[a-zA-Z]$/.test(String(value)));
  return looks && unit && quantity(a) === quantity(b);
}
