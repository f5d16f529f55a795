import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkObjects, makeWorld, RULES } from '../../src/check/index.ts';
import { inventory, planHomelab } from '../../src/compile/index.ts';
import { field, type KubeObject, objectName } from '../../src/kube/index.ts';
import { renderedBy } from '../../src/lock/index.ts';
import { loadDefinition } from '../../src/project/index.ts';

/**
 * Mistakes that people make, one at a time, put into the reference homelab's own objects: each must be found by the
 * rule that is for it. What the rules say of the homelab as it is, is nothing.
 */
interface Mistake {
  readonly rule: string;
  readonly what: string;
  /** Kinds that it can be made in. */
  readonly kinds: readonly string[];
  /** Makes it in place. @returns false where this object has nothing to get wrong. */
  make(object: Fields): boolean | undefined;
}

// What YAML gives, to be changed at will.
// oxlint-disable-next-line typescript/no-explicit-any -- a mistake goes where no type says what is
type Fields = any;

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];
const podOf = (object: Fields) => object.spec.template.spec;
const first = (object: Fields) => podOf(object).containers[0];
/** A map or a list at a path, made when it is not there. */
function made(object: Fields, key: string, empty: object = {}): Fields {
  object[key] ??= empty;
  return object[key];
}

const MISTAKES: readonly Mistake[] = [
  {
    rule: 'SEC005',
    what: 'privileged container',
    kinds: ['Deployment', 'StatefulSet'],
    make: (o) => {
      made(first(o), 'securityContext').privileged = true;
    },
  },
  {
    rule: 'SEC005',
    what: 'host network',
    kinds: ['Deployment', 'StatefulSet'],
    make: (o) => {
      podOf(o).hostNetwork = true;
    },
  },
  {
    rule: 'SEC006',
    what: 'a wildcard role',
    kinds: ['Role', 'ClusterRole'],
    make: (o) => {
      o.rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
    },
  },
  {
    rule: 'SEC008',
    what: 'no image tag',
    kinds: WORKLOADS,
    make: (o) => {
      first(o).image = 'docker.io/library/nginx';
    },
  },
  {
    rule: 'SEC008',
    what: 'the latest image',
    kinds: WORKLOADS,
    make: (o) => {
      first(o).image = 'ghcr.io/me/app:latest';
    },
  },
  {
    rule: 'SEC009',
    what: 'a password in the environment',
    kinds: WORKLOADS,
    make: (o) => {
      made(first(o), 'env', []).push({ name: 'DB_PASSWORD', value: 'hunter2' });
    },
  },
  {
    rule: 'SEC010',
    what: 'cluster-admin',
    kinds: ['ClusterRoleBinding'],
    make: (o) => {
      if (o.subjects?.[0]?.kind !== 'ServiceAccount') return false;
      o.roleRef.name = 'cluster-admin';
      return true;
    },
  },
  {
    rule: 'SEC011',
    what: 'rights for the default account',
    kinds: ['RoleBinding'],
    make: (o) => {
      o.subjects = [{ kind: 'ServiceAccount', name: 'default', namespace: 'x' }];
    },
  },
  {
    rule: 'SEC013',
    what: 'the socket of the container runtime',
    kinds: WORKLOADS,
    make: (o) => {
      made(podOf(o), 'volumes', []).push({
        name: 'sock',
        hostPath: { path: '/run/containerd/containerd.sock' },
      });
    },
  },
  {
    rule: 'SEC014',
    what: 'no PodSecurity level',
    kinds: ['Namespace'],
    make: (o) => {
      o.metadata.labels = {};
    },
  },
  {
    rule: 'NET014',
    what: 'a selector with a typing error',
    kinds: ['Service'],
    make: (o) => {
      if (
        o.spec.selector === undefined ||
        ['monitoring', 'longhorn-system', 'flux-system', 'kube-system'].includes(o.metadata.namespace)
      )
        return false;
      o.spec.selector = { app: 'typo' };
      return true;
    },
  },
  {
    rule: 'NET015',
    what: 'a target port that no container names',
    kinds: ['Service'],
    make: (o) => {
      if (
        o.spec.selector === undefined ||
        ['monitoring', 'longhorn-system', 'kube-system'].includes(o.metadata.namespace)
      )
        return false;
      o.spec.ports[0].targetPort = 'typo';
      return true;
    },
  },
  {
    rule: 'NET016',
    what: 'a route to a Service with a typing error',
    kinds: ['IngressRoute'],
    make: (o) => {
      const service = o.spec.routes[0].services?.[0];
      if (service?.kind === 'TraefikService') return false;
      service.name = 'typo';
      return true;
    },
  },
  {
    rule: 'NET016',
    what: 'a route to another port',
    kinds: ['IngressRoute'],
    make: (o) => {
      const service = o.spec.routes[0].services?.[0];
      if (service?.kind === 'TraefikService') return false;
      service.port = 1;
      return true;
    },
  },
  {
    rule: 'NET018',
    what: 'an address outside the pool',
    kinds: ['Service'],
    make: (o) => {
      if (o.spec.type !== 'LoadBalancer') return false;
      made(o.metadata, 'annotations')['metallb.io/loadBalancerIPs'] = '10.1.2.3';
      return true;
    },
  },
  {
    rule: 'NET020',
    what: 'a middleware with a typing error',
    kinds: ['IngressRoute'],
    make: (o) => {
      made(o.spec.routes[0], 'middlewares', []).push({ name: 'typo' });
    },
  },
  {
    rule: 'TLS001',
    what: 'no TLS',
    kinds: ['IngressRoute'],
    make: (o) => {
      delete o.spec.tls;
      o.spec.entryPoints = ['web'];
      return true;
    },
  },
  {
    rule: 'TLS002',
    what: 'an issuer with a typing error',
    kinds: ['Certificate'],
    make: (o) => {
      o.spec.issuerRef.name = 'typo';
    },
  },
  {
    rule: 'TLS004',
    what: 'a certificate for other names',
    kinds: ['Certificate'],
    make: (o) => {
      o.spec.dnsNames = ['other.example.net'];
    },
  },
  {
    rule: 'FLX004',
    what: 'waiting for itself',
    kinds: ['Kustomization'],
    make: (o) => {
      if (o.spec.dependsOn === undefined) return false;
      o.spec.dependsOn.push({ name: o.metadata.name });
      return true;
    },
  },
  {
    rule: 'FLX005',
    what: 'waiting for a typing error',
    kinds: ['Kustomization'],
    make: (o) => {
      made(o.spec, 'dependsOn', []).push({ name: 'typo' });
    },
  },
  {
    rule: 'FLX006',
    what: 'a source with a typing error',
    kinds: ['HelmRelease'],
    make: (o) => {
      o.spec.chart.spec.sourceRef.name = 'typo';
    },
  },
  {
    rule: 'FLX007',
    what: 'no pruning',
    kinds: ['Kustomization'],
    make: (o) => {
      o.spec.prune = false;
    },
  },
  {
    rule: 'FLX008',
    what: 'no health checks',
    kinds: ['Kustomization'],
    make: (o) => {
      if (o.metadata.name !== 'metallb' && o.metadata.name !== 'cert-manager') return false;
      delete o.spec.healthChecks;
      return true;
    },
  },
  {
    rule: 'FLX009',
    what: 'any version of a chart',
    kinds: ['HelmRelease'],
    make: (o) => {
      o.spec.chart.spec.version = '*';
    },
  },
  {
    rule: 'FLX009',
    what: 'a range of versions',
    kinds: ['HelmRelease'],
    make: (o) => {
      o.spec.chart.spec.version = '>=1.0.0 <2.0.0';
    },
  },
  {
    rule: 'FLX010',
    what: 'asked every second',
    kinds: ['HelmRepository', 'GitRepository', 'Kustomization'],
    make: (o) => {
      if (o.spec.type === 'oci') return false;
      o.spec.interval = '1s';
      return true;
    },
  },
  {
    rule: 'FLX011',
    what: "an old version of Flux' API",
    kinds: ['HelmRelease'],
    make: (o) => {
      o.apiVersion = 'helm.toolkit.fluxcd.io/v2beta1';
    },
  },
  {
    rule: 'FLX013',
    what: 'tried once',
    kinds: ['HelmRelease'],
    make: (o) => {
      delete o.spec.install;
    },
  },
  {
    rule: 'FLX015',
    what: 'values from nowhere',
    kinds: ['HelmRelease'],
    make: (o) => {
      o.spec.valuesFrom = [{ kind: 'ConfigMap', name: 'typo' }];
    },
  },
  {
    rule: 'FLX016',
    what: 'no retry interval',
    kinds: ['Kustomization'],
    make: (o) => {
      delete o.spec.retryInterval;
      o.spec.interval = '1h';
    },
  },
  {
    rule: 'UPD002',
    what: 'a removed API',
    kinds: ['PodDisruptionBudget'],
    make: (o) => {
      o.apiVersion = 'policy/v1beta1';
    },
  },
  {
    rule: 'HA003',
    what: 'a budget that never lets go',
    kinds: ['PodDisruptionBudget'],
    make: (o) => {
      if (['monitoring', 'longhorn-system', 'kube-system'].includes(o.metadata.namespace)) return false;
      delete o.spec.minAvailable;
      o.spec.maxUnavailable = 0;
      return true;
    },
  },
  {
    rule: 'HA004',
    what: 'replicas that may share a node',
    kinds: ['Deployment'],
    make: (o) => {
      o.spec.replicas = 3;
      delete podOf(o).affinity;
      delete podOf(o).topologySpreadConstraints;
    },
  },
  {
    rule: 'CAP003',
    what: 'no requests',
    kinds: WORKLOADS,
    make: (o) => {
      delete first(o).resources;
    },
  },
  {
    rule: 'CAP004',
    what: 'no memory limit',
    kinds: WORKLOADS,
    make: (o) => {
      delete first(o).resources?.limits;
    },
  },
  {
    rule: 'CAP005',
    what: 'a request above the limit',
    kinds: WORKLOADS,
    make: (o) => {
      const { resources } = first(o);
      if (resources?.limits?.memory === undefined) return false;
      resources.requests.memory = '9Ti';
      return true;
    },
  },
  {
    rule: 'CAP008',
    what: 'a Prometheus without bounds',
    kinds: ['Prometheus'],
    make: (o) => {
      delete o.spec.retentionSize;
    },
  },
  {
    rule: 'OBS003',
    what: 'an alert without severity',
    kinds: ['PrometheusRule'],
    make: (o) => {
      const rule = o.spec.groups
        .flatMap((group: Fields) => group.rules as Fields[])
        .find((each: Fields) => each.alert !== undefined);
      if (rule === undefined) return false;
      delete rule.labels;
      return true;
    },
  },
  {
    rule: 'ARM002',
    what: 'amd64 nodes only',
    kinds: WORKLOADS,
    make: (o) => {
      made(podOf(o), 'nodeSelector')['kubernetes.io/arch'] = 'amd64';
    },
  },
  {
    rule: 'ARM003',
    what: 'an image for amd64',
    kinds: WORKLOADS,
    make: (o) => {
      first(o).image = 'ghcr.io/me/app:1.2.3-amd64';
    },
  },
  {
    rule: 'STO001',
    what: 'a storage class with a typing error',
    kinds: ['StatefulSet', 'PersistentVolumeClaim'],
    make: (o) => {
      const spec = o.kind === 'StatefulSet' ? o.spec.volumeClaimTemplates?.[0]?.spec : o.spec;
      if (spec === undefined) return false;
      spec.storageClassName = 'typo';
      return true;
    },
  },
  {
    rule: 'DEF010',
    what: 'a namespace with a typing error',
    kinds: ['Service'],
    make: (o) => {
      o.metadata.namespace = 'typo';
    },
  },
  {
    rule: 'DEF011',
    what: 'a name in capitals',
    kinds: ['Service', 'Namespace'],
    make: (o) => {
      o.metadata.name = 'Typo_1';
    },
  },
  {
    rule: 'DEF012',
    what: 'a selector unlike the labels',
    kinds: ['Deployment', 'StatefulSet'],
    make: (o) => {
      o.spec.selector = { matchLabels: { app: 'typo' } };
    },
  },
  {
    rule: 'DEF015',
    what: 'a long port name',
    kinds: ['Deployment'],
    make: (o) => {
      made(first(o), 'ports', []).push({ name: 'a-very-long-port-name', containerPort: 1 });
    },
  },
];

/** What changes nothing: the namespace of the UPS may be privileged, and who installs Flux is cluster-admin. */
const NO_MISTAKE = [
  'SEC005: privileged container in Deployment/ups/nut',
  'SEC005: host network in Deployment/ups/nut',
  'SEC010: cluster-admin in ClusterRoleBinding/flux-operator',
];

/** Of each kind of mistake, made in so many different objects. */
const OF_EACH = 5;

describe('mistakes in the reference homelab', () => {
  let objects: readonly KubeObject[];
  let applied: Map<KubeObject, readonly KubeObject[]>;

  beforeAll(async () => {
    const file = join(new URL('../../homelab/', import.meta.url).pathname, 'homelab.ts');
    const { homelab, lock } = await loadDefinition(file);
    const [plan] = homelab === undefined ? [] : planHomelab(homelab);
    if (plan === undefined) throw new Error('no plan');
    const items = inventory(plan, renderedBy(lock));
    objects = items.map(({ object }) => object);
    applied = new Map(
      objects
        .filter(({ kind }) => kind === 'Kustomization')
        .map((object) => {
          const path = field(object, 'spec', 'path');
          return [
            object,
            items.filter(({ folder }) => `./homelab/${folder}` === path).map((item) => item.object),
          ];
        }),
    );
  });

  const found = (all: readonly KubeObject[], known: typeof applied) =>
    checkObjects(makeWorld(all, { whole: true, applied: known }), () => undefined).map(
      ({ rule, message }) => `${rule} ${message}`,
    );

  it('are each found by the rule for it', () => {
    const before = new Set(found(objects, applied));
    const missed: string[] = [];
    let tried = 0;
    for (const mistake of MISTAKES) {
      let count = 0;
      for (const [index, object] of objects.entries()) {
        if (count === OF_EACH) break;
        if (!mistake.kinds.includes(object.kind)) continue;
        const changed = structuredClone(object);
        if (mistake.make(changed) === false) continue;
        count += 1;
        tried += 1;
        const known = new Map(applied);
        const own = known.get(object);
        if (own !== undefined) known.set(changed, own);
        const now = found(objects.with(index, changed), known).filter((finding) => !before.has(finding));
        if (!now.some((finding) => finding.startsWith(mistake.rule)))
          missed.push(`${mistake.rule}: ${mistake.what} in ${objectName(object)}`);
      }
      expect(count, `${mistake.rule}: ${mistake.what} can be made nowhere`).toBeGreaterThan(0);
    }
    const definitions = RULES.filter((rule) => !('inspect' in rule)).length;
    // Those in a definition are the rules' own examples, run beside the rules.
    expect(tried + definitions).toBeGreaterThanOrEqual(150);
    expect(missed).toEqual(NO_MISTAKE);
  }, 120_000);
});
