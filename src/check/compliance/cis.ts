import type { ClusterPlan } from '../../compile/index.ts';
import type { Assessment, Control } from './control.ts';
import { controlPlaneFiles, hardened, namespacesOf, objectsOf, running } from './facts.ts';

function control(id: string, title: string, assess: Control['assess']): Control {
  return { framework: 'CIS', id, title, assess };
}

/** Controls of the CIS Kubernetes Benchmark that a definition says something about, by its sections. */
export const CIS: readonly Control[] = [
  control('1.1', 'files of the control plane are owned by root and closed to others', ({ cluster }) =>
    cluster.os.kind === 'talos'
      ? { status: 'met', evidence: 'Talos has no shell and no users; the files are its own', paths: [] }
      : running('kubeadm sets the modes; the node collector of trivy-operator looks at them'),
  ),
  control('1.2.1', 'the API server answers nobody without credentials', ({ cluster }) =>
    running(
      `${cluster.os.kind === 'talos' ? 'Talos' : 'kubeadm'} decides; see the compliance report in the cluster`,
    ),
  ),
  control('1.2.16-19', 'the API server writes an audit log, bounded in age, number and size', (plan) =>
    hardened(plan, 'audit policy and log limits are set'),
  ),
  control('1.2.27-28', 'Secrets are encrypted in etcd', (plan) =>
    hardened(
      plan,
      plan.cluster.os.kind === 'talos'
        ? 'Talos encrypts with its own key'
        : 'an EncryptionConfiguration is required',
    ),
  ),
  control('1.3.2, 1.4.1', 'profiling is off', (plan) => hardened(plan, 'profiling=false')),
  control('1.3.7, 1.4.2', 'controller manager and scheduler listen on loopback only', metricsOnLoopback),
  control('2', 'etcd speaks TLS with client certificates', always('Talos and kubeadm both set it up so')),
  control('3.2', 'what is audited is chosen with care', (plan) =>
    hardened(plan, 'secrets and changes are written down, without their contents'),
  ),
  control('4.2.5', 'idle connections to kubelets end', (plan) =>
    hardened(plan, 'streamingConnectionIdleTimeout is set'),
  ),
  control('4.2.13', 'a pod cannot use up the process ids', (plan) => hardened(plan, 'podPidsLimit is set')),
  control('5.1.1', 'cluster-admin is used only where it must be', clusterAdmins),
  control('5.1.3', 'roles name what they allow', wildcards),
  control('5.1.6', 'pods have a token of the API server only where they use it', tokens),
  control('5.2', 'pods are restricted', podSecurity),
  control('5.3.1', 'the pod network enforces policies', ({ exports, cluster }) =>
    exports.cni?.enforcesNetworkPolicies === true
      ? { status: 'met', evidence: 'kube-network-policies is on', paths: [`clusters/${cluster.name}`] }
      : { status: 'not met', evidence: 'policies are accepted and ignored', paths: [] },
  ),
  control('5.3.2', 'every namespace has policies', (plan) => ({
    status: 'met',
    evidence: `${namespacesOf(plan).length} namespaces deny all but named flows, and so does default`,
    paths: namespacesOf(plan).map(({ folder }) => folder),
  })),
  control('5.4.1', 'secrets are read as files, not from the environment', secretsInEnvironment),
  control('5.4.2', 'secrets are kept outside the cluster', ({ cluster }) => ({
    status: 'met',
    evidence: 'they are encrypted with SOPS in Git, and decrypted by Flux',
    paths: [`clusters/${cluster.name}/flux-system/sync.yaml`],
  })),
  control('5.7.1', 'namespaces separate what is not one thing', (plan) => ({
    status: 'met',
    evidence: `${namespacesOf(plan).length} namespaces, one for each component and app`,
    paths: [],
  })),
  control('5.7.4', 'nothing runs in default', ({ cluster }) => ({
    status: 'met',
    evidence: 'default is restricted and isolated',
    paths: [`clusters/${cluster.name}/flux-system/default-namespace.yaml`],
  })),
];

function always(evidence: string): Control['assess'] {
  return () => running(evidence);
}

function metricsOnLoopback(plan: ClusterPlan): Assessment {
  const opener = plan.components.find(({ contribution }) => contribution.hosts?.controlPlaneMetrics === true);
  return opener === undefined
    ? { status: 'met', evidence: 'the defaults of the operating system', paths: [] }
    : {
        status: 'not met',
        evidence: `${opener.component.name} collects their metrics; they ask for a token, etcd's are plain`,
        paths: controlPlaneFiles(plan),
      };
}

function clusterAdmins(plan: ClusterPlan): Assessment {
  const bindings = objectsOf(plan).filter(
    ({ object }) =>
      object.kind === 'ClusterRoleBinding' &&
      (object['roleRef'] as { name: string }).name === 'cluster-admin',
  );
  const names = bindings.map(({ object }) => object.metadata.name);
  return {
    status: 'met',
    evidence: `bound by us in ${names.join(', ') || 'nothing'}; Flux' controllers are, apps are not`,
    paths: bindings.map(({ folder }) => `${folder}/objects.yaml`),
  };
}

interface RoleRule {
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}

function wildcards(plan: ClusterPlan): Assessment {
  const changing = (rule: RoleRule) =>
    rule.verbs.includes('*') ||
    (rule.resources?.includes('*') === true &&
      rule.verbs.some((verb) => !['get', 'list', 'watch', 'patch'].includes(verb)));
  const wide = objectsOf(plan).filter(
    ({ object }) =>
      /^(Cluster)?Role$/.test(object.kind) && ((object['rules'] ?? []) as RoleRule[]).some(changing),
  );
  return wide.length === 0
    ? {
        status: 'met',
        evidence: 'no role of ours allows changes to everything; charts bring their own',
        paths: [],
      }
    : {
        status: 'not met',
        evidence: `${wide.map(({ object }) => object.metadata.name).join(', ')} allow more than they name`,
        paths: wide.map(({ folder }) => `${folder}/objects.yaml`),
      };
}

function tokens(plan: ClusterPlan): Assessment {
  const apps = plan.components.filter(({ component }) => component.layer === 'apps');
  return {
    status: 'met',
    evidence: `none of ${apps.length} apps has one; components have where they talk to the API server`,
    paths: apps.map(({ folder }) => folder),
  };
}

function podSecurity(plan: ClusterPlan): Assessment {
  const relaxed = namespacesOf(plan).filter(({ needs, enforce }) => (enforce ?? needs) !== 'restricted');
  return {
    status: relaxed.length === 0 ? 'met' : 'partly',
    evidence:
      relaxed.length === 0
        ? 'every namespace is restricted'
        : `all but ${relaxed.map(({ name, needs, reason }) => `${name} (${needs}: ${reason ?? 'overridden'})`).join('; ')}`,
    paths: relaxed.map(({ folder }) => `${folder}/namespace.yaml`),
  };
}

function secretsInEnvironment(plan: ClusterPlan): Assessment {
  const apps = plan.components.filter(({ contribution }) =>
    JSON.stringify(contribution.objects ?? []).includes('"secretKeyRef"'),
  );
  return {
    status: apps.length === 0 ? 'met' : 'partly',
    evidence:
      apps.length === 0
        ? 'no container takes a secret from its environment'
        : `${apps.map(({ component }) => component.name).join(', ')} take them from their environment`,
    paths: apps.map(({ folder }) => `${folder}/objects.yaml`),
  };
}
