import { setTimeout as sleep } from 'node:timers/promises';
import type { ServicePort } from '../components/index.ts';
import { field, type KubeClient, listAt, textAt } from '../kube/index.ts';

/** What one node was measured at. */
export interface NodeMeasures {
  readonly celsius?: number | undefined;
  /** Shares of one. */
  readonly cpu?: number | undefined;
  readonly memory?: number | undefined;
  readonly disk?: number | undefined;
  /** Days until the first file system is full, at the pace of the last week; undefined when none fills. */
  readonly daysUntilFull?: number | undefined;
  /** Bytes that were written in a day, by device. */
  readonly writtenPerDay: ReadonlyMap<string, number>;
}

/** An alert that is not quiet. */
export interface ActiveAlert {
  readonly name: string;
  readonly state: 'pending' | 'firing';
  readonly severity: string;
  readonly since: string;
  readonly summary: string;
}

export interface ActiveSilence {
  readonly id: string;
  readonly matches: string;
  readonly until: string;
  readonly by: string;
  readonly comment: string;
}

/** What Prometheus and Alertmanager of a cluster say. */
export interface Measures {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly nodes: ReadonlyMap<string, NodeMeasures>;
  readonly alerts: readonly ActiveAlert[];
  readonly silences: readonly ActiveSilence[];
  /** Bytes on all disks, a day apart, the oldest first. */
  readonly used: readonly { readonly at: number; readonly bytes: number }[];
}

/** Bytes on all disks: a device that is mounted twice counts once. */
export const USED =
  'sum(max by (node, device) (node_filesystem_size_bytes{fstype=~"ext4|xfs"} - node_filesystem_avail_bytes{fstype=~"ext4|xfs"}))';
const DAY_SECONDS = 86_400;
const HISTORY_DAYS = 30;

/** What is asked, by what it is; every answer has the label `node`. */
export const QUERIES = {
  celsius: 'max by (node) (node_thermal_zone_temp)',
  cpu: '1 - avg by (node) (rate(node_cpu_seconds_total{mode="idle"}[5m]))',
  memory: 'max by (node) (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)',
  disk: 'max by (node) (1 - node_filesystem_avail_bytes{fstype=~"ext4|xfs"} / node_filesystem_size_bytes{fstype=~"ext4|xfs"})',
  daysUntilFull:
    'min by (node) (node_filesystem_avail_bytes{fstype=~"ext4|xfs"} / (deriv(node_filesystem_avail_bytes{fstype=~"ext4|xfs"}[7d]) < 0)) / -86400',
  written:
    'sum by (node, device) (increase(node_disk_written_bytes_total{device=~"mmcblk[0-9]+|nvme[0-9]+n[0-9]+|sd[a-z]+"}[1d]))',
} as const;

const TIMEOUT_MS = 10_000;

/** Where monitoring answers, through the API server. */
export interface Monitoring {
  readonly prometheus: ServicePort;
  readonly alertmanager: ServicePort;
}

/** Asks once. @returns undefined when Prometheus does not answer. */
export async function measure(client: KubeClient, monitoring: Monitoring): Promise<Measures | undefined> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const ask = (service: ServicePort, path: string) =>
    client.request(`${proxyPath(service)}${path}`, { signal });
  const query = async (expression: string) =>
    samples(await ask(monitoring.prometheus, `/api/v1/query?query=${encodeURIComponent(expression)}`));
  try {
    const [celsius, cpu, memory, disk, daysUntilFull, written, alerts, range] = await Promise.all([
      query(QUERIES.celsius),
      query(QUERIES.cpu),
      query(QUERIES.memory),
      query(QUERIES.disk),
      query(QUERIES.daysUntilFull),
      query(QUERIES.written),
      ask(monitoring.prometheus, '/api/v1/alerts'),
      ask(monitoring.prometheus, rangePath(Date.now())),
    ]);
    // Without Alertmanager there is still everything else.
    const silences = await ask(monitoring.alertmanager, '/api/v2/silences').catch(() => []);
    const of = (of: readonly Sample[], node: string) => of.find((sample) => sample.node === node)?.value;
    const names = new Set([...celsius, ...cpu, ...memory, ...disk, ...written].map(({ node }) => node));
    return {
      at: Date.now(),
      nodes: new Map(
        [...names].map((node) => [
          node,
          {
            celsius: of(celsius, node),
            cpu: of(cpu, node),
            memory: of(memory, node),
            disk: of(disk, node),
            daysUntilFull: of(daysUntilFull, node),
            writtenPerDay: new Map(
              written.filter((sample) => sample.node === node).map(({ device, value }) => [device, value]),
            ),
          },
        ]),
      ),
      alerts: listAt(alerts, 'data', 'alerts').flatMap(activeAlert),
      used: history(range),
      silences: (Array.isArray(silences) ? silences : []).flatMap(activeSilence),
    };
  } catch {
    return undefined;
  }
}

const EVERY_MS = 30_000;

/** Asks again and again until the signal, and tells each answer. */
export async function followMeasures(
  client: KubeClient,
  monitoring: Monitoring,
  tell: (measures: Measures | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const measures = await measure(client, monitoring);
    if (signal.aborted) return;
    tell(measures);
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Path of a Service behind the API server. */
export function proxyPath({ namespace, service, port }: ServicePort): string {
  return `/api/v1/namespaces/${namespace}/services/http:${service}:${port}/proxy`;
}

function rangePath(now: number): string {
  const end = Math.floor(now / 1000);
  const query = new URLSearchParams({
    query: USED,
    start: String(end - HISTORY_DAYS * DAY_SECONDS),
    end: String(end),
    step: String(DAY_SECONDS),
  });
  return `/api/v1/query_range?${query.toString()}`;
}

function history(answer: unknown): Measures['used'] {
  return listAt(answer, 'data', 'result', 0, 'values').flatMap((value) => {
    const [at, bytes] = [Number(field(value, 0)), Number(field(value, 1))];
    return Number.isFinite(at) && Number.isFinite(bytes) ? [{ at: at * 1000, bytes }] : [];
  });
}

interface Sample {
  readonly node: string;
  readonly device: string;
  readonly value: number;
}

function samples(answer: unknown): Sample[] {
  return listAt(answer, 'data', 'result').flatMap((result) => {
    const node = textAt(result, 'metric', 'node');
    const value = Number(field(result, 'value', 1));
    if (node === undefined || !Number.isFinite(value)) return [];
    return [{ node, device: textAt(result, 'metric', 'device') ?? '', value }];
  });
}

function activeAlert(alert: unknown): ActiveAlert[] {
  const name = textAt(alert, 'labels', 'alertname');
  const state = textAt(alert, 'state');
  const since = textAt(alert, 'activeAt');
  if (name === undefined || since === undefined || (state !== 'pending' && state !== 'firing')) return [];
  const severity = textAt(alert, 'labels', 'severity') ?? 'info';
  return [{ name, state, severity, since, summary: textAt(alert, 'annotations', 'summary') ?? '' }];
}

function activeSilence(silence: unknown): ActiveSilence[] {
  const [id, until] = [textAt(silence, 'id'), textAt(silence, 'endsAt')];
  if (textAt(silence, 'status', 'state') !== 'active' || id === undefined || until === undefined) return [];
  const matches = listAt(silence, 'matchers')
    .map((matcher) => {
      const [equal, regex] = [field(matcher, 'isEqual') !== false, field(matcher, 'isRegex') === true];
      return `${textAt(matcher, 'name') ?? ''}${equal ? (regex ? '=~' : '=') : regex ? '!~' : '!='}"${textAt(matcher, 'value') ?? ''}"`;
    })
    .join(', ');
  return [
    {
      id,
      matches,
      until,
      by: textAt(silence, 'createdBy') ?? '',
      comment: textAt(silence, 'comment') ?? '',
    },
  ];
}
