import { mapAt } from '../kube/index.ts';
import { namespaceOf, type World } from './world.ts';

/** Kinds of which an operator makes pods, with labels that only it knows. */
const KINDS = [
  'Alertmanager',
  'Cluster',
  'Elasticsearch',
  'FluxInstance',
  'Grafana',
  'Kafka',
  'MariaDB',
  'PerconaServerMongoDB',
  'Prometheus',
  'RabbitmqCluster',
  'Redis',
  'Tenant',
  'VMSingle',
];
/** Charts of which the same is true: Longhorn's manager makes its instance managers and webhooks' labels. */
const CHARTS: ReadonlySet<unknown> = new Set(['longhorn', 'rook-ceph']);

/** Namespaces in which there are pods that no object says anything of. */
export function operatedNamespaces(world: World): ReadonlySet<string> {
  const byKind = world.of(...KINDS).map(namespaceOf);
  const byChart = world
    .of('DaemonSet', 'Deployment')
    .filter((object) => CHARTS.has(mapAt(object, 'metadata', 'labels')['app.kubernetes.io/name']))
    .map(namespaceOf);
  return new Set([...byKind, ...byChart]);
}
