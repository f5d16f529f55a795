import type { Control } from './control.ts';
import { doneBy, hardened, namespacesOf, running } from './facts.ts';

function control(id: string, title: string, assess: Control['assess']): Control {
  return { framework: 'NSA', id, title, assess };
}

/** Chapters of the Kubernetes Hardening Guidance of NSA and CISA (version 1.2) that a definition says something about. */
export const NSA: readonly Control[] = [
  control('pods', 'containers run without root, with file systems they cannot write to', (plan) => {
    const restricted = namespacesOf(plan).filter(({ needs, enforce }) => (enforce ?? needs) === 'restricted');
    return {
      status: restricted.length === namespacesOf(plan).length ? 'met' : 'partly',
      evidence: `${restricted.length} of ${namespacesOf(plan).length} namespaces enforce it`,
      paths: restricted.map(({ folder }) => folder),
    };
  }),
  control('pods', 'images are scanned', (plan) =>
    doneBy(plan, 'trivy-operator', 'all that runs is scanned daily'),
  ),
  control('pods', 'what is admitted is checked', (plan) =>
    plan.cluster.environment === 'production'
      ? doneBy(plan, 'polaris', 'Polaris refuses what is dangerous, beside PodSecurity admission')
      : doneBy(plan, 'polaris', 'Polaris audits; PodSecurity admission refuses'),
  ),
  control('network', 'namespaces are separated, and nothing is open that is not named', (plan) => ({
    status: plan.exports.cni?.enforcesNetworkPolicies === true ? 'met' : 'not met',
    evidence: 'policies are made of the flows that components and apps declare',
    paths: namespacesOf(plan).map(({ folder }) => folder),
  })),
  control('network', 'the control plane is behind a firewall', () =>
    running('the router decides who reaches the nodes'),
  ),
  control('network', 'services are reached by TLS', (plan) =>
    doneBy(plan, 'traefik', 'HTTP is redirected, TLS 1.2 is the oldest spoken'),
  ),
  control('secrets', 'secrets are encrypted at rest', (plan) =>
    hardened(plan, 'in etcd, and in Git by SOPS'),
  ),
  control('access', 'people have the roles that they need', (plan) =>
    doneBy(plan, 'access', 'viewers, operators and admins are groups'),
  ),
  control('access', 'nobody is anonymous', () => running('see the compliance report in the cluster')),
  control('logs', 'the API server is audited', (plan) => hardened(plan, 'an audit policy is set')),
  control('logs', 'logs leave the node that they were written on', (plan) =>
    doneBy(plan, 'loki', 'logs of all pods are kept by Loki'),
  ),
  control('logs', 'somebody is told when something is wrong', (plan) =>
    doneBy(plan, 'kube-prometheus-stack', 'alerts, and who is told of them, are in the definition'),
  ),
  control('upgrades', 'updates are found and reviewed', () => ({
    status: 'met',
    evidence: 'Renovate proposes them, vulnerabilities first',
    paths: ['renovate.json'],
  })),
];
