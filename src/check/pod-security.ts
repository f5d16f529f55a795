import { POD_SECURITY_LEVELS, type PodSecurityLevel } from '../components/index.ts';
import { field, isRecord, listAt, mapAt, textAt, wordAt } from '../kube/index.ts';
import type { Container, PodTemplate } from './world.ts';

/** Why the API server refuses a pod at a PodSecurity level. */
export interface Refusal {
  readonly level: PodSecurityLevel;
  readonly reason: string;
}

/** Capabilities that baseline lets a container add. */
const BASELINE_CAPABILITIES: ReadonlySet<unknown> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/**
 * Why a pod is refused at a level, by the Pod Security Standards (kubernetes.io/docs/concepts/security/
 * pod-security-standards); empty when it starts.
 */
export function refusals(pod: PodTemplate, level: PodSecurityLevel): Refusal[] {
  const rank = POD_SECURITY_LEVELS.indexOf(level);
  if (rank < 1) return [];
  const found = [
    ...baseline(pod),
    ...pod.containers.flatMap((container) => [...baselineContainer(container)]),
  ];
  if (rank > 1) found.push(...pod.containers.flatMap((container) => [...restricted(pod, container)]));
  return found;
}

function* baseline({ spec }: PodTemplate): Iterable<Refusal> {
  for (const name of ['hostNetwork', 'hostPID', 'hostIPC'])
    if (spec[name] === true) yield { level: 'baseline', reason: name };
  for (const volume of listAt(spec, 'volumes'))
    if (field(volume, 'hostPath') !== undefined)
      yield { level: 'baseline', reason: `hostPath ${textAt(volume, 'hostPath', 'path') ?? ''}` };
}

function* baselineContainer({ name, fields }: Container): Iterable<Refusal> {
  const security = mapAt(fields, 'securityContext');
  if (security['privileged'] === true) yield { level: 'baseline', reason: `container ${name} is privileged` };
  for (const capability of listAt(security, 'capabilities', 'add'))
    if (!BASELINE_CAPABILITIES.has(capability))
      yield { level: 'baseline', reason: `container ${name} adds ${String(capability)}` };
  for (const port of listAt(fields, 'ports'))
    if (Number(field(port, 'hostPort') ?? 0) > 0)
      yield {
        level: 'baseline',
        reason: `container ${name} takes port ${wordAt(port, 'hostPort')} of its node`,
      };
}

function* restricted({ spec }: PodTemplate, { name, fields }: Container): Iterable<Refusal> {
  const level = 'restricted';
  const security = mapAt(fields, 'securityContext');
  const podSecurity = mapAt(spec, 'securityContext');
  const either = (key: string) => security[key] ?? podSecurity[key];
  if (security['allowPrivilegeEscalation'] !== false)
    yield { level, reason: `container ${name} lacks allowPrivilegeEscalation: false` };
  if (either('runAsNonRoot') !== true) yield { level, reason: `container ${name} lacks runAsNonRoot: true` };
  if (either('runAsUser') === 0) yield { level, reason: `container ${name} runs as user 0` };
  if (!listAt(security, 'capabilities', 'drop').includes('ALL'))
    yield { level, reason: `container ${name} does not drop ALL capabilities` };
  const profile = either('seccompProfile');
  if (!isRecord(profile) || !['RuntimeDefault', 'Localhost'].includes(String(profile['type'])))
    yield { level, reason: `container ${name} lacks seccompProfile RuntimeDefault` };
}
