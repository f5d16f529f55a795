import { describe, expect, it } from 'vitest';
import type { KubeClient } from '../kube/index.ts';
import { measure, QUERIES } from './measures.ts';

const MONITORING = {
  prometheus: { namespace: 'monitoring', service: 'prometheus', port: 9090 },
  alertmanager: { namespace: 'monitoring', service: 'alertmanager', port: 9093 },
};
const PROMETHEUS = '/api/v1/namespaces/monitoring/services/http:prometheus:9090/proxy/api/v1';

/** An instant vector as the HTTP API of Prometheus writes it. */
function vector(...samples: readonly (readonly [metric: object, value: string])[]) {
  return {
    status: 'success',
    data: {
      resultType: 'vector',
      result: samples.map(([metric, value]) => ({ metric, value: [1_764_000_000.1, value] })),
    },
  };
}

const ANSWERS: Record<string, unknown> = {
  [QUERIES.celsius]: vector([{ node: 'rk1-1' }, '61.5'], [{ node: 'rk1-2' }, 'NaN'], [{}, '99']),
  [QUERIES.cpu]: vector([{ node: 'rk1-1' }, '0.25']),
  [QUERIES.memory]: vector(),
  [QUERIES.disk]: vector(),
  [QUERIES.daysUntilFull]: vector([{ node: 'rk1-1' }, '12.5']),
  [QUERIES.written]: vector([{ node: 'rk1-1', device: 'nvme0n1' }, '1000']),
};
const ALERTS = {
  status: 'success',
  data: {
    alerts: [
      {
        labels: { alertname: 'TraefikDown', severity: 'critical' },
        annotations: { summary: 'nothing can be reached' },
        state: 'firing',
        activeAt: '2026-11-25T12:00:00.5Z',
      },
      { labels: {}, state: 'firing', activeAt: '2026-11-25T12:00:00Z' },
    ],
  },
};
const RANGE = {
  status: 'success',
  data: {
    resultType: 'matrix',
    result: [
      {
        metric: {},
        values: [
          [1_764_000_000, '100'],
          [1_764_086_400, '120'],
        ],
      },
    ],
  },
};
const SILENCES = [
  {
    id: 'one',
    status: { state: 'active' },
    endsAt: '2026-11-25T14:00:00Z',
    createdBy: 'ada',
    comment: 'disk swap',
    matchers: [
      { name: 'node', value: 'rk1-.*', isRegex: true, isEqual: true },
      { name: 'severity', value: 'info', isRegex: false, isEqual: false },
    ],
  },
  { id: 'two', status: { state: 'expired' }, endsAt: '2026-11-25T10:00:00Z', matchers: [] },
];

function client(broken: RegExp = /^$/): KubeClient {
  const request = (path: string): Promise<unknown> => {
    if (broken.test(path)) return Promise.reject(new Error('no endpoints available for service'));
    if (path === `${PROMETHEUS}/alerts`) return Promise.resolve(ALERTS);
    if (path.endsWith('/api/v2/silences')) return Promise.resolve(SILENCES);
    if (path.startsWith(`${PROMETHEUS}/query_range?`)) return Promise.resolve(RANGE);
    const query = new URL(path, 'https://kubernetes').searchParams.get('query') ?? '';
    expect(path.startsWith(`${PROMETHEUS}/query?`)).toBe(true);
    return Promise.resolve(ANSWERS[query]);
  };
  return { request } as unknown as KubeClient;
}

describe('what monitoring says', () => {
  it('is known by node; what is no number, or of no node, is left out', async () => {
    const measures = await measure(client(), MONITORING);
    expect(measures?.nodes).toEqual(
      new Map([
        [
          'rk1-1',
          {
            celsius: 61.5,
            cpu: 0.25,
            memory: undefined,
            disk: undefined,
            daysUntilFull: 12.5,
            writtenPerDay: new Map([['nvme0n1', 1000]]),
          },
        ],
      ]),
    );
  });

  it('has what was on the disks, day by day', async () => {
    expect((await measure(client(), MONITORING))?.used).toEqual([
      { at: 1_764_000_000_000, bytes: 100 },
      { at: 1_764_086_400_000, bytes: 120 },
    ]);
  });

  it('has alerts that are not quiet and silences that hold', async () => {
    const measures = await measure(client(), MONITORING);
    expect(measures?.alerts).toEqual([
      {
        name: 'TraefikDown',
        state: 'firing',
        severity: 'critical',
        since: '2026-11-25T12:00:00.5Z',
        summary: 'nothing can be reached',
      },
    ]);
    expect(measures?.silences).toEqual([
      {
        id: 'one',
        matches: 'node=~"rk1-.*", severity!="info"',
        until: '2026-11-25T14:00:00Z',
        by: 'ada',
        comment: 'disk swap',
      },
    ]);
  });

  it('is nothing when Prometheus does not answer, and still something without Alertmanager', async () => {
    expect(await measure(client(/prometheus/), MONITORING)).toBeUndefined();
    expect((await measure(client(/alertmanager/), MONITORING))?.silences).toEqual([]);
  });
});
