import { ownObjects } from '../components/index.ts';
import { sortBy, unique } from '../util/index.ts';
import type { ClusterPlan } from './plan.ts';

/** One thing in which two clusters differ; undefined where one of them has no such thing. */
export interface Difference {
  /** `cluster`, or the name of a component. */
  readonly subject: string;
  /** What differs, such as `policy.redundant` or `HelmRelease/traefik.values.deployment.replicas`. */
  readonly path: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
}

/** What differs between two clusters: the environment's policies, the components, their charts and their values. */
export function compareClusters(left: ClusterPlan, right: ClusterPlan): Difference[] {
  const [leftFacts, rightFacts] = [factsOf(left), factsOf(right)];
  return unique([...leftFacts.keys(), ...rightFacts.keys()]).flatMap((subject) => {
    const [a, b] = [leftFacts.get(subject), rightFacts.get(subject)];
    if (a === undefined || b === undefined)
      return [{ subject, path: 'component', left: a && 'present', right: b && 'present' }];
    const paths = sortBy(unique([...a.keys(), ...b.keys()]), (path) => path);
    return paths
      .filter((path) => a.get(path) !== b.get(path))
      .map((path) => ({ subject, path, left: a.get(path), right: b.get(path) }));
  });
}

type Facts = ReadonlyMap<string, string>;

/** Everything that can be compared, flat: subject -> path -> value. */
function factsOf({ cluster, components }: ClusterPlan): ReadonlyMap<string, Facts> {
  const { environment, policy, domain, os, kubernetes, nodes } = cluster;
  const machines = nodes.map(({ machine }) => machine.model);
  const own = {
    environment,
    policy,
    domain,
    os,
    kubernetes,
    nodes: nodes.length,
    machines: unique(machines).join(', '),
  };
  return new Map([
    ['cluster', flatten(own)],
    ...components.map(({ component, contribution }) => {
      const releases = Object.fromEntries(
        contribution.releases.map(({ name, chart, values }) => [
          `HelmRelease/${name}`,
          { chart: `${chart.name} ${chart.version}`, values },
        ]),
      );
      const namespaces = Object.fromEntries(
        contribution.namespaces.map(({ name, needs, enforce }) => [
          `Namespace/${name}`,
          { podSecurity: enforce ?? needs },
        ]),
      );
      const objects = Object.fromEntries(
        ownObjects(contribution).map((object) => [
          `${object.kind}/${object.metadata.name}`,
          object['spec'] ?? object['parameters'] ?? {},
        ]),
      );
      return [component.name, flatten({ ...releases, ...namespaces, ...objects })] as const;
    }),
  ]);
}

function flatten(value: unknown, path = ''): Facts {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new Map(
      value === undefined ? [] : [[path, typeof value === 'string' ? value : JSON.stringify(value)]],
    );
  }
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...flatten(inner, path === '' ? key : `${path}.${key}`),
    ]),
  );
}
