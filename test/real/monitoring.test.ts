import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { planHomelab } from '../../src/compile/index.ts';
import { alertmanagerConfig } from '../../src/components/kube-prometheus-stack/alertmanager.ts';
import { QUERIES } from '../../src/observe/measures.ts';
import { loadDefinition } from '../../src/project/index.ts';
import { expressions } from '../support/queries.ts';
import { writeTree } from '../support/tree.ts';
import { program, ROOT } from './support.ts';

describe('promtool', async () => {
  const { homelab } = await loadDefinition(join(ROOT, 'homelab/homelab.ts'));
  if (homelab === undefined) throw new Error('no homelab');
  const clusters = homelab.clusters.map(({ name }) => name);
  let folder: string;
  beforeAll(async () => {
    folder = await writeTree(homelab);
  });
  const promtool = async (cluster: string, kind: string, files: string) => {
    const at = join(folder, 'monitoring', cluster, files);
    const all = (await readdir(at)).map((file) => join(at, file));
    expect(all.length).toBeGreaterThan(5);
    return execa(await program('promtool'), [kind, 'rules', ...all], { reject: false });
  };

  it.each(clusters)('accepts the rules of %s', async (cluster) => {
    const { exitCode, stderr } = await promtool(cluster, 'check', 'rules');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it.each(clusters)('sees every alert of %s fire when it should, and be silent when not', async (cluster) => {
    const { exitCode, stdout } = await promtool(cluster, 'test', 'tests');
    expect(exitCode, stdout).toBe(0);
  });

  it('sees when an alert does not do what it says', async () => {
    const rules = { groups: [{ name: 'g', rules: [{ alert: 'A', expr: 'up == 1', for: '1m' }] }] };
    const test = {
      input_series: [{ series: 'up', values: '0x30' }],
      promql_expr_test: [
        { expr: 'count(ALERTS)', eval_time: '10m', exp_samples: [{ labels: '{}', value: 1 }] },
      ],
    };
    const at = await mkdtemp(join(tmpdir(), 'homeplane-promtool-'));
    await writeFile(join(at, 'rules.yaml'), stringify(rules));
    await writeFile(join(at, 'test.yaml'), stringify({ rule_files: ['rules.yaml'], tests: [test] }));
    const { exitCode } = await execa(await program('promtool'), ['test', 'rules', join(at, 'test.yaml')], {
      reject: false,
    });
    expect(exitCode).not.toBe(0);
  });

  it('gives the page what it asks for, by node', async () => {
    const series = {
      'node_thermal_zone_temp{node="rk1-1",zone="0"}': '50x30',
      'node_thermal_zone_temp{node="rk1-1",zone="1"}': '61x30',
      'node_cpu_seconds_total{node="rk1-1",cpu="0",mode="idle"}': '0+45x30',
      'node_memory_MemAvailable_bytes{node="rk1-1"}': '25x30',
      'node_memory_MemTotal_bytes{node="rk1-1"}': '100x30',
      'node_filesystem_avail_bytes{node="rk1-1",fstype="ext4",mountpoint="/"}': '90x30',
      // Ten an hour are gone, and of 1,000 there are 995 left.
      'node_filesystem_avail_bytes{node="rk1-1",fstype="ext4",mountpoint="/data"}': '1000-0.1666666667x30',
      'node_filesystem_size_bytes{node="rk1-1",fstype="ext4",mountpoint="/data"}': '1000x30',
      'node_filesystem_size_bytes{node="rk1-1",fstype="ext4",mountpoint="/"}': '100x30',
      'node_filesystem_avail_bytes{node="rk1-1",fstype="tmpfs",mountpoint="/run"}': '1x30',
      'node_filesystem_size_bytes{node="rk1-1",fstype="tmpfs",mountpoint="/run"}': '100x30',
      'node_disk_written_bytes_total{node="rk1-1",device="nvme0n1"}': '0+100x30',
      'node_disk_written_bytes_total{node="rk1-1",device="nvme0n1p1"}': '0+100x30',
    };
    const wanted = {
      celsius: { labels: '{node="rk1-1"}', value: 61 },
      cpu: { labels: '{node="rk1-1"}', value: 0.25 },
      memory: { labels: '{node="rk1-1"}', value: 0.75 },
      disk: { labels: '{node="rk1-1"}', value: 0.1 },
      daysUntilFull: { labels: '{node="rk1-1"}', value: 4.15 },
      written: { labels: '{node="rk1-1",device="nvme0n1"}', value: 3000 },
    };
    const test = {
      interval: '1m',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: Object.entries(QUERIES).map(([name, expr]) => ({
        // Rounded: shares are not exact, and a day is more than there is.
        expr: `round(${expr}, 0.01)`,
        eval_time: '30m',
        exp_samples: [wanted[name as keyof typeof wanted]],
      })),
    };
    const file = join(await mkdtemp(join(tmpdir(), 'homeplane-promtool-')), 'test.yaml');
    await writeFile(file, stringify({ tests: [test] }));
    const { exitCode, stdout, stderr } = await execa(await program('promtool'), ['test', 'rules', file], {
      reject: false,
    });
    expect(exitCode, `${stdout}${stderr}`).toBe(0);
  });

  it('parses every query of every dashboard', async () => {
    const queries = planHomelab(homelab).flatMap(({ cluster, components }) =>
      components.flatMap(({ contribution }) =>
        Object.entries(contribution.files ?? {})
          .filter(([file]) => file.startsWith('dashboards/'))
          .flatMap(([, dashboard]) => expressions(dashboard))
          .map((expr, index) => ({ record: `${cluster.name}:query:${index}`, expr })),
      ),
    );
    expect(queries.length).toBeGreaterThan(60);
    const file = join(await mkdtemp(join(tmpdir(), 'homeplane-promtool-')), 'queries.yaml');
    await writeFile(file, stringify({ groups: [{ name: 'queries', rules: queries }] }));
    const { exitCode, stdout, stderr } = await execa(await program('promtool'), ['check', 'rules', file], {
      reject: false,
    });
    expect(exitCode, `${stdout}${stderr}`).toBe(0);
  });
});

describe('amtool', () => {
  const window = {
    name: 'sunday-night',
    weekdays: ['sunday' as const],
    from: '01:00',
    to: '04:00',
    timeZone: 'Europe/Stockholm',
  };
  const email = {
    to: 'me@example.org',
    from: 'lab@example.org',
    smarthost: 'smtp.example.org:587',
    escalateAfterMinutes: 30,
  };
  const everybody = { discord: true, email, deadMansSwitch: true };
  const configOf = async (notify: Parameters<typeof alertmanagerConfig>[0]['notify']) => {
    const file = join(await mkdtemp(join(tmpdir(), 'homeplane-amtool-')), 'alertmanager.yaml');
    await writeFile(file, stringify(alertmanagerConfig({ notify, maintenance: [window] })));
    return file;
  };

  it.each([
    ['nobody', { discord: false, deadMansSwitch: false }],
    ['only mail', { discord: false, email, deadMansSwitch: false }],
    ['everybody', everybody],
  ])('accepts the configuration that tells %s', async (_who, notify) => {
    const { exitCode, stdout, stderr } = await execa(
      await program('amtool'),
      ['check-config', await configOf(notify)],
      { reject: false },
    );
    expect(exitCode, `${stdout}${stderr}`).toBe(0);
  });

  it.each([
    [['alertname=NodeThrottled', 'severity=critical'], 'discord,email'],
    [['alertname=NodeTemperatureHigh', 'severity=warning'], 'discord'],
    [['alertname=InfoInhibitor', 'severity=none'], 'nobody'],
    [['alertname=CPUThrottlingHigh', 'severity=info'], 'nobody'],
    [['alertname=Watchdog', 'severity=none'], 'dead-mans-switch'],
  ])('leads %j to %s', async (labels, receivers) => {
    const args = ['config', 'routes', 'test', `--config.file=${await configOf(everybody)}`];
    const { stdout } = await execa(await program('amtool'), [
      ...args,
      `--verify.receivers=${receivers}`,
      ...labels,
    ]);
    expect(stdout).toBe(receivers);
  });
});
