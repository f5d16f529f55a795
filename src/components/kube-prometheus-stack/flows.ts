import type { Endpoint, Flow } from '../contribution.ts';
import type { Exports, Route } from '../exports.ts';
import { apiFlow, pods } from '../shared.ts';
import { NAMESPACE } from './names.ts';

const named = (name: string): Endpoint => pods(NAMESPACE, { 'app.kubernetes.io/name': name });

export const PROMETHEUS_PODS = named('prometheus');
const ALERTMANAGER_PODS = named('alertmanager');
export const GRAFANA_PODS = named('grafana');

/** Ports of the kubelet, the node exporter, kube-proxy, the controller manager, the scheduler and etcd. */
const NODE_PORTS = [10_250, 9_100, 10_249, 10_257, 10_259, 2_381];

/** @param logs Where logs are kept, for Grafana to search. */
export function monitoringFlows(logs: Exports['logs'] | undefined): Flow[] {
  const operator = pods(NAMESPACE, { app: 'kube-prometheus-stack-operator' });
  return [
    apiFlow(pods(NAMESPACE), 'Targets, rules, dashboards and the state of objects are watched.'),
    {
      name: 'nodes',
      from: PROMETHEUS_PODS,
      to: { kind: 'nodes' },
      ports: NODE_PORTS.map((port) => ({ port })),
      why: 'Metrics of the nodes and of the control plane are collected.',
    },
    {
      name: 'dns-metrics',
      from: PROMETHEUS_PODS,
      to: pods('kube-system', { 'k8s-app': 'kube-dns' }),
      ports: [{ port: 9_153 }],
      why: 'Metrics of the cluster DNS are collected.',
    },
    {
      name: 'own-metrics',
      from: PROMETHEUS_PODS,
      to: pods(NAMESPACE),
      ports: [9_090, 9_093, 8_080, 8_081, 3_000, 10_250].map((port) => ({ port })),
      why: 'The monitoring watches itself; alerts are sent to Alertmanager.',
    },
    {
      name: 'webhook',
      from: { kind: 'nodes' },
      to: operator,
      ports: [{ port: 10_250 }],
      why: 'The API server asks the operator to validate rules.',
    },
    {
      name: 'api-proxy',
      from: { kind: 'nodes' },
      to: PROMETHEUS_PODS,
      ports: [{ port: 9_090 }],
      why: 'The page of homeplane asks through the API server.',
    },
    {
      name: 'api-proxy-silences',
      from: { kind: 'nodes' },
      to: ALERTMANAGER_PODS,
      ports: [{ port: 9_093 }],
      why: 'Silences are shown and made through the API server.',
    },
    {
      name: 'queries',
      from: GRAFANA_PODS,
      to: PROMETHEUS_PODS,
      ports: [{ port: 9_090 }],
      why: 'Dashboards are drawn from Prometheus.',
    },
    ...(logs === undefined
      ? []
      : [
          {
            name: 'logs',
            from: GRAFANA_PODS,
            to: logs.endpoint,
            ports: [{ port: logs.port }],
            why: 'Logs are searched in Grafana.',
          },
        ]),
    {
      name: 'alerts',
      from: GRAFANA_PODS,
      to: ALERTMANAGER_PODS,
      ports: [{ port: 9_093 }],
      why: 'Firing alerts are shown.',
    },
    {
      name: 'deduplication',
      from: ALERTMANAGER_PODS,
      to: ALERTMANAGER_PODS,
      ports: [{ port: 9_094 }, { port: 9_094, protocol: 'UDP' }],
      why: 'Alertmanagers agree on who tells whom, so that everyone is told once.',
    },
    {
      name: 'notifications',
      from: ALERTMANAGER_PODS,
      to: { kind: 'internet' },
      ports: [{ port: 443 }, { port: 465 }, { port: 587 }],
      why: 'Receivers are told: Discord, mail, the dead man’s switch.',
    },
  ];
}

/** The pages of the stack. Grafana asks for a login itself. */
export function monitoringRoutes(ingress: Exports['ingress'] | undefined): Route[] {
  if (ingress === undefined) return [];
  const page = (
    name: string,
    service: string,
    port: number,
    target: Endpoint,
    podPort = port,
    ownLogin = false,
  ) => ingress.route({ name, namespace: NAMESPACE, service, port, pods: target, podPort, ownLogin });
  return [
    page('grafana', 'kube-prometheus-stack-grafana', 80, GRAFANA_PODS, 3_000, true),
    page('prometheus', 'kube-prometheus-stack-prometheus', 9_090, PROMETHEUS_PODS),
    page('alertmanager', 'kube-prometheus-stack-alertmanager', 9_093, ALERTMANAGER_PODS),
  ];
}
