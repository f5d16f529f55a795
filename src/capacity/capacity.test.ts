import { describe, expect, it } from 'vitest';
import { soundDefinition } from '../../test/support/definition.ts';
import { app } from '../apps/index.ts';
import type { KubeObject } from '../kube/index.ts';
import { type Homelab, readHomelab } from '../model/index.ts';
import { capacityReport, formatReport } from './index.ts';
import { podGroups } from './pods.ts';
import { quantity } from './quantity.ts';

function homelab(
  change: (definition: ReturnType<typeof soundDefinition>) => void = () => undefined,
): Homelab {
  const definition = soundDefinition();
  change(definition);
  const { homelab, findings } = readHomelab(definition);
  if (homelab === undefined) throw new Error(JSON.stringify(findings));
  return homelab;
}

function reportOf(...apps: ReturnType<typeof app>[]) {
  const [cluster] = capacityReport(
    homelab((definition) => {
      for (const lab of definition.clusters) lab.apps = apps;
    }),
    () => [],
  ).clusters;
  if (cluster === undefined) throw new Error('no cluster');
  return cluster;
}

it.each([
  ['100m', 0.1],
  ['1.5', 1.5],
  ['64Mi', 64 * 2 ** 20],
  ['1G', 1e9],
  [2, 2],
  ['lots', 0],
  [undefined, 0],
])('%j is %d', (text, amount) => {
  expect(quantity(text)).toBeCloseTo(amount);
});

describe('what a pod asks for', () => {
  const container = (cpu: string, restartPolicy?: string) => ({
    resources: { requests: { cpu, memory: '64Mi' } },
    ...(restartPolicy === undefined ? {} : { restartPolicy }),
  });
  const object = (spec: object): KubeObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'web' },
    spec: { replicas: 2, template: { spec } },
  });

  it('is its containers and sidecars together, or the largest init container', () => {
    const initContainers = [container('50m', 'Always'), container('40m')];
    expect(podGroups([object({ containers: [container('100m')], initContainers })])).toMatchObject([
      { copies: 2, cpu: expect.closeTo(0.15) as number, memory: 128 * 2 ** 20, apart: false },
    ]);
    const large = [container('2')];
    expect(podGroups([object({ containers: [container('100m')], initContainers: large })])[0]?.cpu).toBe(2);
  });
});

describe('a cluster of three Raspberry Pi 5 with 8 GiB', () => {
  const large = (name: string, memory: string) =>
    app(name, { image: 'a/b:1.0.0', port: 80, requests: { cpu: '10m', memory } });

  it('has a place for what fits, also without any one node', () => {
    const { unplaced, without, total } = reportOf(large('one', '2Gi'));
    expect(unplaced).toEqual([]);
    expect(without.map(({ node, unplaced: lost }) => [node, lost])).toEqual([
      ['pi-1', []],
      ['pi-2', []],
      ['pi-3', []],
    ]);
    expect(total.pods.allocatable).toBe(330);
  });

  it('has none for an app that is larger than a node', () => {
    expect(reportOf(large('huge', '9Gi')).unplaced).toEqual(['huge/huge']);
  });

  it('has none for three that fill a node each when one of the nodes is lost', () => {
    const apps = ['a', 'b', 'c'].map((name) => large(name, '5Gi'));
    const { unplaced, without } = reportOf(...apps);
    expect(unplaced).toEqual([]);
    for (const { unplaced: lost } of without) expect(lost).toHaveLength(1);
  });

  it('counts how many more fit, until memory, pods or disks run out', () => {
    const { apps } = reportOf(
      large('heavy', '3Gi'),
      large('tiny', '1Mi'),
      app('disk', {
        image: 'a/b:1.0.0',
        port: 80,
        requests: { cpu: '10m', memory: '1Mi' },
        storage: { '/data': { size: '200Gi', class: 'fast' } },
      }),
    );
    expect(apps).toEqual([
      // 512 GB on each of three disks hold two volumes of 200 GiB with three replicas, and one is there.
      { app: 'disk', more: 1, first: 'storage' },
      // Two on each of three nodes, and one is there.
      { app: 'heavy', more: 5, first: 'memory' },
      { app: 'tiny', more: expect.any(Number) as number, first: 'pods' },
    ]);
  });
});

describe('power', () => {
  const { sites } = capacityReport(
    homelab((definition) => {
      for (const site of definition.sites)
        site.power = {
          supplyWatts: 100,
          ups: { wattHours: 100, watts: 200 },
          price: { perKwh: 0.5, currency: 'EUR', hardware: 1000 },
        };
    }),
    () => [],
  );

  it('says when the hardware is paid by what a server would draw more', () => {
    const [home] = sites;
    const watts = home?.total.typical ?? 0;
    const months = (server: number) => 1000 / ((server - watts) * 0.73 * 0.5);
    expect(home?.cost?.hardware?.months).toEqual([expect.closeTo(months(500)), expect.closeTo(months(300))]);
  });

  it('adds up from boards, and says what it costs and how long the UPS lasts', () => {
    const [home] = sites;
    expect(home?.total).toMatchObject({ idle: 12, peak: 36 });
    expect(home?.total.typical).toBeGreaterThan(12);
    expect(home?.ups?.minutes.peak).toBeCloseTo(((100 * 0.85) / 36) * 60);
    expect(home?.cost?.perMonth).toBeCloseTo((home?.kwhPerMonth ?? 0) / 2);
  });

  it('is in both formats', () => {
    const report = capacityReport(homelab(), () => []);
    expect(formatReport(report, 'text')).toMatch(/without pi-1 everything still fits/);
    expect(formatReport(report, 'markdown')).toMatch(/\| node \| CPU asked for \|.*\n\|---\|/);
  });
});
