import {
  type Alert,
  type Context,
  type Contribution,
  type Objective,
  pods,
  type SecretNeed,
  type SecretSource,
  workloadDown,
} from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
import { pascalCase } from '../util/index.ts';
import { appFlows } from './flows.ts';
import { updatesOf, withVersion } from './image.ts';
import { type AppInput, type AppOptions, AppSchema, type Container } from './options.ts';
import { type AppUse, makeUse } from './use.ts';
import { podLabels, type WorkloadSpec, workloadObjects } from './workload.ts';

/**
 * One of your own workloads: Deployment, StatefulSet or CronJob, Service, route, claims, policies, monitoring.
 * @param name Its name, and that of its namespace and of its Secret.
 * @example app('notes', { image: 'ghcr.io/me/notes:1.4.0', port: 8080, host: 'notes',
 *   requests: { cpu: '20m', memory: '64Mi' }, storage: { '/data': { size: '5Gi' } } })
 */
export function app(name: string, options: AppInput): AppUse {
  return makeUse({
    name,
    options,
    schema: AppSchema,
    summary: 'An app of yours.',
    requires: (given) =>
      containersOf(name, given).some(([, { storage }]) => Object.keys(storage).length > 0)
        ? ['cni', 'storage']
        : ['cni'],
    contribute: (context, given) => contribute(name, context, given),
  });
}

/** The app's own container and those of its parts, by name. */
function containersOf(name: string, options: AppOptions): [string, Container][] {
  return [[name, options], ...Object.entries(options.parts)];
}

function contribute(name: string, context: Context, options: AppOptions): Contribution {
  const containers = containersOf(name, options).map(([part, container]): [string, Container] => [
    part,
    withVersion(imageName(name, part), container, context),
  ]);
  const reasons = containers.flatMap(([, { root }]) => root ?? []);
  const route = routeOf(name, context, options);
  return {
    namespaces: [
      reasons.length === 0
        ? { name, needs: 'restricted' }
        : { name, needs: 'baseline', reason: reasons.join('; ') },
    ],
    releases: [],
    objects: containers.flatMap(([part, container]) => workloadOf(name, part, container, context, options)),
    config: (route?.objects ?? []).map((object) => ({ object })),
    flows: [...appFlows(name, options), ...(route?.flows ?? [])],
    secrets: [...secretsOf(name, containers), ...(route?.secrets ?? [])],
    alerts: containers.flatMap(([part, container]) => alertsOf(name, part, container, options)),
    images: containers.flatMap(([part, container]) => updatesOf(imageName(name, part), container)),
    objectives: objectivesOf(name, context, options),
  };
}

/** An image's name among those that Flux looks after. */
function imageName(app: string, part: string): string {
  return part === app ? app : `${app}-${part}`;
}

function objectivesOf(name: string, context: Context, { availability, host }: AppOptions): Objective[] {
  const ingress = context.find('ingress');
  if (availability === undefined || host === undefined || ingress === undefined) return [];
  return [ingress.objective(name, name, availability)];
}

function routeOf(name: string, context: Context, { host, port, login, ...options }: AppOptions) {
  if (host === undefined || port === undefined) return undefined;
  return context.find('ingress')?.route({
    name: host,
    namespace: name,
    service: name,
    port,
    pods: pods(name, podLabels(name, name)),
    podPort: port,
    ownLogin: !login,
    publicTarget: options.public ? context.find('publicDns')?.target : undefined,
  });
}

function workloadOf(
  name: string,
  part: string,
  container: Container,
  context: Context,
  options: AppOptions,
): KubeObject[] {
  const main = part === name;
  const claim: WorkloadSpec['claim'] = (storage) => ({
    className: context.need('storage').className(storage.class),
    labels: context.need('storage').claimLabels(storage.backup),
  });
  return workloadObjects({
    app: name,
    name: part,
    container,
    replicas: main ? options.replicas : 1,
    schedule: main ? options.schedule : undefined,
    metricsPort: main ? options.metrics?.port : undefined,
    claim,
  });
}

/** All values that containers take from the app's Secret. */
function secretsOf(name: string, containers: readonly [string, Container][]): SecretNeed[] {
  const keys: Record<string, SecretSource> = {};
  for (const [, { env }] of containers)
    for (const value of Object.values(env)) if (typeof value !== 'string') keys[value.secret] = value.from;
  return Object.keys(keys).length === 0
    ? []
    : [{ namespace: name, name, keys, why: `Values that ${name} takes from its environment.` }];
}

function alertsOf(name: string, part: string, container: Container, { schedule }: AppOptions): Alert[] {
  // Of jobs that fail the rules of the monitoring tell.
  if (part === name && schedule !== undefined) return [];
  const kind = Object.keys(container.storage).length > 0 ? 'statefulset' : 'deployment';
  const words = part === name ? [name] : [name, part];
  return [workloadDown(`${pascalCase(words.join('-'))}Down`, kind, name, part, `${name} cannot be used`)];
}
