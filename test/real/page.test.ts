import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delta } from '../../src/status/state/index.ts';
import { HAS_BROWSER, openBrowser } from '../support/browser.ts';
import { commitDefinition, runAsPod } from './pod.ts';
import { copyOf, kubectl, NOWHERE, Up } from './support.ts';

const VIEWS = [
  'overview',
  'apps',
  'delivery',
  'network',
  'storage',
  'security',
  'capacity',
  'timeline',
  'docs',
];

let browser: Browser;
let up: Up;
let page: Page;
let address: string;
const complaints: string[] = [];

/** What axe-core finds that keeps people out. */
async function axe(of: Page): Promise<string[]> {
  await of.evaluate(axeCore.source);
  const found = await of.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  const { violations } = found as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html} ${failureSummary}`),
  );
}

async function go(view: string, of = page): Promise<void> {
  await of.goto(`${address}#/${view}`);
  await of.locator(`main[aria-label]`).waitFor();
  await of.locator('main h1').first().waitFor();
}

/** Values of every Secret of the cluster, as people and as the API write them. */
async function secretValues(): Promise<string[]> {
  const { stdout } = await kubectl(up.folder, 'lab', ['get', 'secrets', '-A', '-o', 'json']);
  const { items } = JSON.parse(stdout) as { items: { data?: Record<string, string> }[] };
  return items
    .flatMap(({ data = {} }) => Object.values(data))
    .flatMap((value) => [value, Buffer.from(value, 'base64').toString()])
    .filter((value) => value.trim().length >= 10);
}

const CANARIES = [
  'canary-of-a-secret',
  'canary-of-a-config-map',
  'canary-in-an-environment',
  'canary-in-an-annotation',
];

/** What the page must never show, where somebody might have put it. */
const PLANTED = `
apiVersion: v1
kind: Namespace
metadata: { name: canary, labels: { pod-security.kubernetes.io/enforce: privileged } }
---
apiVersion: v1
kind: Secret
metadata: { name: canary, namespace: canary }
stringData: { password: canary-of-a-secret }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: canary, namespace: canary }
data: { text: canary-of-a-config-map }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: canary, namespace: canary, annotations: { note: canary-in-an-annotation } }
spec:
  selector: { matchLabels: { app: canary } }
  template:
    metadata: { labels: { app: canary }, annotations: { note: canary-in-an-annotation } }
    spec:
      containers:
        - name: canary
          image: example.org/canary:1
          args: [canary-in-an-environment]
          env: [{ name: PASSWORD, value: canary-in-an-environment }]
`;

beforeAll(async () => {
  const empty = await mkdtemp(join(tmpdir(), 'homeplane-no-charts-'));
  up = new Up(await copyOf('examples/three-pi/homelab.ts'), ['--allow-actions', '--port', '0'], {
    ...NOWHERE,
    HOMEPLANE_CHARTS: empty,
    NO_COLOR: '1',
  });
  for (const deadline = Date.now() + 20_000; !/page {2}http/.test(up.stderr); )
    await new Promise((resolve, reject) =>
      setTimeout(Date.now() > deadline ? () => reject(new Error(up.stderr)) : resolve, 20),
    );
  address = /page {2}(http\S+)/.exec(up.stderr)?.[1] ?? '';
  if (!HAS_BROWSER) return;
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await go('overview');
});

afterAll(async () => {
  if (HAS_BROWSER) await browser.close();
  up.signal('SIGTERM');
  await up.exited;
});

describe('the example with three Raspberry Pi 5, without charts and without Internet, but with a lock', () => {
  it('converges with stand-in charts, which is said', async () => {
    await up.ready('lab');
    const nodes = up.events.filter(
      (event) => event.type === 'object' && event['kind'] === 'Node' && event['state'] === 'ready',
    );
    expect(new Set(nodes.map((event) => event['name']))).toEqual(new Set(['pi-1', 'pi-2', 'pi-3']));
    expect(up.events).toContainEqual(
      expect.objectContaining({ type: 'object', kind: 'Service', name: 'traefik', address: '10.20.1.10' }),
    );
    const said = up.events.filter(
      (event) => event.type === 'log' && String(event['message']).includes('stand-in charts'),
    );
    expect(said.length).toBeGreaterThan(3);
  });
});

describe.skipIf(!HAS_BROWSER)('the page in a browser', () => {
  it('was there before anything was ready, and has filled in without being loaded again', async () => {
    await page.getByRole('heading', { name: 'All is well' }).waitFor({ timeout: 20_000 });
    const card = page.locator('.clusters article');
    expect(await card.innerText()).toMatch(/lab ●\s+ready/);
    expect(await card.innerText()).toMatch(/3\/3 nodes/);
    await page.getByText('twin: nodes simulated').waitFor();
    const shift = await page.evaluate(
      `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0))).observe({ type: 'layout-shift', buffered: true }) || setTimeout(() => resolve(0), 500))`,
    );
    expect(Number(shift)).toBeGreaterThanOrEqual(0);
  });

  it.each(VIEWS)('%s keeps nobody out, in the light and in the dark, and fits a phone', async (view) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 800 } });
      const phone = await context.newPage();
      await go(view, phone);
      await phone.locator('header nav a[aria-current="page"]').waitFor();
      expect(await axe(phone), colorScheme).toEqual([]);
      const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await phone.evaluate(wider), `${view} is wider than a phone`).toBe(0);
      await context.close();
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await go(view);
    expect(await axe(page)).toEqual([]);
  });

  it('goes from view to view by keyboard, and tells where one is', async () => {
    await go('overview');
    await page.keyboard.press('3');
    await page.getByRole('heading', { name: 'Delivery' }).waitFor();
    await expect.poll(() => page.title()).toBe('Delivery · three-pi');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.getByRole('link', { name: 'HelmRelease' }).first().focus();
    await page.keyboard.press('Enter');
    await page.locator('#selected').waitFor();
    expect(await page.locator('.selected').innerText()).toContain('needs');
  });

  it('finds a flow among those that are allowed', async () => {
    await go('network');
    const rows = page.getByRole('region', { name: 'Flows and the policies' }).locator('tbody tr');
    const all = await rows.count();
    await page.getByLabel('Search').fill('clients');
    await expect.poll(() => rows.count()).toBeLessThan(all);
    expect(await rows.first().innerText()).toContain('traefik');
  });

  it('says what is left when a node dies', async () => {
    await go('capacity');
    await page.getByLabel('this node dies').selectOption('pi-2');
    await page.getByText('everything else still fits').waitFor();
  });

  it('shows a node that dies in less than three seconds, and what to do', async () => {
    await go('overview');
    // KWOK answers for its kubelet no more, and what the node controller would say after its grace period is said now.
    await kubectl(up.folder, 'lab', ['annotate', 'node', 'pi-3', 'kwok.x-k8s.io/node-']);
    const lost = {
      status: {
        conditions: [
          {
            type: 'Ready',
            status: 'Unknown',
            reason: 'NodeStatusUnknown',
            message: 'Kubelet stopped posting node status.',
          },
        ],
      },
    };
    const patched = await kubectl(up.folder, 'lab', [
      'patch',
      'node',
      'pi-3',
      '--subresource=status',
      '--type=strategic',
      '-p',
      JSON.stringify(lost),
    ]);
    const since = Date.now();
    expect(patched.exitCode, patched.stderr).toBe(0);
    await page.getByText('Node/pi-3 is down').waitFor({ timeout: 10_000 });
    expect(Date.now() - since).toBeLessThan(3_000);
    await page.getByText('Look at pi-3: power, network, heat.').waitFor();
    await kubectl(up.folder, 'lab', ['annotate', 'node', 'pi-3', 'kwok.x-k8s.io/node=fake']);
  });

  it('cordons a node when somebody has said yes, and writes that down', async () => {
    await go('overview');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByLabel('Node pi-2').getByRole('button', { name: 'Cordon', exact: true }).click();
    await page.getByText('pi-2 takes no new pods').first().waitFor();
    const { stdout } = await kubectl(up.folder, 'lab', [
      'get',
      'node',
      'pi-2',
      '-o',
      'jsonpath={.spec.unschedulable}',
    ]);
    expect(stdout).toBe('true');
    const lines = (await readFile(join(up.folder, '.homeplane/actions.jsonl'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ user: 'local', action: { action: 'cordon', cluster: 'lab', node: 'pi-2' } }),
      expect.objectContaining({ outcome: 'pi-2 takes no new pods' }),
    ]);
  });
});

describe('what is shown', () => {
  it('never has a value of a Secret, nor what somebody wrote where it does not belong', async () => {
    const planted = await kubectl(up.folder, 'lab', ['apply', '-f', '-'], PLANTED);
    expect(planted.exitCode, planted.stderr).toBe(0);
    const values = [...(await secretValues()), ...CANARIES];
    expect(values).toContain('canary-of-a-secret');
    await expect
      .poll(async () => (await fetch(`${address}api/state`)).text(), { timeout: 10_000 })
      .toContain('workload/lab/Deployment/canary/canary');
    const outputs = await Promise.all(
      ['', 'api/state', 'api/openapi.json', 'metrics'].map(async (path) =>
        (await fetch(address + path)).text(),
      ),
    );
    if (HAS_BROWSER)
      for (const view of VIEWS) {
        await go(view);
        outputs.push(await page.content());
      }
    outputs.push(up.stderr, JSON.stringify(up.events));
    for (const value of values) expect(outputs.some((output) => output.includes(value))).toBe(false);
  });
});

describe('the page in its own cluster', () => {
  it('sees everything that it shows by the rights of its account, and the definition that Flux has fetched', async () => {
    await commitDefinition(up.folder, 'lab');
    const pod = await runAsPod(up.folder, 'lab');
    try {
      expect((await pod.ask('api/state', 'another-token')).status).toBe(401);
      const items = async () => {
        const { set } = (await (await pod.ask('api/state')).json()) as Delta;
        return set;
      };
      // It is ready only when every kind could be listed: a right that it lacks would be waited for for ever.
      await expect
        .poll(async () => (await items())['cluster/lab'], { timeout: 30_000 })
        .toMatchObject({ type: 'cluster', state: expect.stringMatching(/^(ready|converging)$/) });
      expect(await items()).toMatchObject({
        homelab: { name: 'three-pi', twin: false },
        'node/lab/pi-1': { state: 'ready', board: 'pi-1' },
        'workload/lab/Deployment/traefik/traefik': { state: 'ready' },
      });
      const drain = await fetch(`${pod.url}api/actions`, {
        method: 'POST',
        headers: {
          authorization: 'Bearer token-of-the-page-of-the-test',
          'content-type': 'application/json',
        },
        body: JSON.stringify({ action: 'drain', cluster: 'lab', node: 'pi-1' }),
      });
      expect(drain.status).toBe(403);
      expect(await (await pod.ask('api/docs/architecture.md')).text()).toContain('three-pi');
    } finally {
      pod.stop();
    }
  });
});

describe.skipIf(!HAS_BROWSER)('the page of what has gone', () => {
  it('says when an API server does not answer, and since when, and goes on when it is back', async () => {
    await go('overview');
    const pids = await up.pids();
    const commands = await Promise.all(
      pids.map(async (pid) => ({
        pid,
        command: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
      })),
    );
    const server = commands.find(({ command }) => command.split('\0')[0]?.includes('kube-apiserver'));
    expect(server).toBeDefined();
    // It neither answers nor hangs up: the line just goes silent.
    process.kill(server?.pid ?? 0, 'SIGSTOP');
    await page.getByText('does not answer').first().waitFor({ timeout: 15_000 });
    await page.getByText(/last seen \d+ s ago/).waitFor();
    await page.getByLabel('Node pi-1').getByText('not known').waitFor();
    process.kill(server?.pid ?? 0, 'SIGCONT');
    await page.getByLabel('Node pi-1').getByText('ready').waitFor({ timeout: 30_000 });
  });

  it('says when homeplane itself has gone', async () => {
    await go('overview');
    const quiet = complaints.length;
    up.signal('SIGTERM');
    await page.getByText('homeplane does not answer').waitFor({ timeout: 15_000 });
    await page.getByText('pi-1').first().waitFor();
    complaints.length = quiet;
  });

  it('had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
