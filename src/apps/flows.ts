import { type Endpoint, type Flow, metricsFlow, pods } from '../components/index.ts';
import type { AppOptions } from './options.ts';
import { podLabels } from './workload.ts';

/** Who an app talks to, besides whoever reaches it through the ingress. */
export function appFlows(name: string, options: AppOptions): Flow[] {
  const self = pods(name, podLabels(name, name));
  const parts = Object.entries(options.parts).flatMap(([part, { port }]): Flow[] =>
    port === undefined
      ? []
      : [flow(part, self, pods(name, podLabels(name, part)), [port], `${name} uses its ${part}.`)],
  );
  const others = options.talksTo.map(({ namespace, port }) =>
    flow(`to-${namespace}-${port}`, self, pods(namespace), [port], `${name} talks to ${namespace}.`),
  );
  const internetPorts =
    options.internet === true ? [443] : options.internet === false ? [] : options.internet;
  const metrics = options.metrics;
  const collected =
    metrics === undefined ? [] : [metricsFlow(self, metrics.port, `Metrics of ${name} are collected.`)];
  return [...parts, ...others, ...internetFlow(name, self, internetPorts), ...collected];
}

function flow(name: string, from: Endpoint, to: Endpoint, ports: readonly number[], why: string): Flow {
  return { name, from, to, ports: ports.map((port) => ({ port })), why };
}

/** Flows of what is taken as it is: its pods talk to each other, and to the Internet if they may. */
export function ownFlows(name: string, internet: boolean): Flow[] {
  const all = pods(name);
  return [
    { name: 'own', from: all, to: all, ports: [], why: `The parts of ${name} talk to each other.` },
    ...internetFlow(name, all, internet ? [443] : []),
  ];
}

function internetFlow(name: string, from: Endpoint, ports: readonly number[]): Flow[] {
  if (ports.length === 0) return [];
  return [flow('internet', from, { kind: 'internet' }, ports, `${name} talks to the Internet.`)];
}
