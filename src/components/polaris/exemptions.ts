import type { NamespaceSpec } from '../contribution.ts';

/** What a namespace that is not restricted may do, as Polaris' checks are named (polaris.docs.fairwinds.com). */
const RELAXED = {
  baseline: ['runAsRootAllowed', 'notReadOnlyRootFilesystem'],
  privileged: [
    'runAsRootAllowed',
    'runAsPrivileged',
    'privilegeEscalationAllowed',
    'notReadOnlyRootFilesystem',
    'hostNetworkSet',
    'hostPIDSet',
    'hostPortSet',
    'hostPathSet',
    'insecureCapabilities',
    'dangerousCapabilities',
    'linuxHardening',
  ],
} as const;

/** Exempts what the components themselves have declared, with a reason, and nothing else. */
export function exemptions(namespaces: readonly NamespaceSpec[]): object[] {
  return namespaces.flatMap(({ name, needs }) =>
    needs === 'restricted' ? [] : [{ namespace: name, rules: [...RELAXED[needs]] }],
  );
}
