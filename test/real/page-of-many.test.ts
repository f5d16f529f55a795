import axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatedHomelab } from '../../bench/homelab.ts';
import type { KubeObject } from '../../src/kube/index.ts';
import { readHomelab } from '../../src/model/index.ts';
import { summarise } from '../../src/observe/index.ts';
import { factsOf, HomelabState, listen, type PageServer, readAssets } from '../../src/status/index.ts';
import { HAS_BROWSER, openBrowser } from '../support/browser.ts';
import { snapshotOf } from '../support/snapshot.ts';

const CLUSTERS = 10;

/** What a cluster would say; it is the page that is looked at here. */
function hear(state: HomelabState, cluster: string, dead?: string): void {
  const node = (name: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { conditions: [{ type: 'Ready', status: name === dead ? 'Unknown' : 'True', message: 'gone' }] },
  });
  const snapshot = snapshotOf(['node-1', 'node-2', 'node-3'].map(node));
  state.hear(cluster, { snapshot, status: summarise(cluster, snapshot, { kustomizations: [] }) });
}

describe.skipIf(!HAS_BROWSER)('the page of ten clusters', () => {
  const state = new HomelabState({ twin: false });
  let server: PageServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const { homelab } = readHomelab(generatedHomelab(CLUSTERS));
    if (homelab === undefined) throw new Error('the definition has errors');
    state.define(factsOf(homelab, () => [], []));
    for (const { name } of homelab.clusters) hear(state, name);
    server = await listen(
      {
        state,
        access: { hosts: [], token: 'a-token-for-this-test' },
        assets: await readAssets(),
        version: 'test',
      },
      { port: 0 },
    );
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    await page.goto(server.url);
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it('asks for the token, and says when it is not that', async () => {
    await page.getByRole('heading', { name: 'This page asks for a token' }).waitFor();
    await page.getByLabel('Token').fill('something-else-entirely');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('That is not the token.').waitFor();
    await page.getByLabel('Token').fill('a-token-for-this-test');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { name: 'All is well' }).waitFor();
  });

  it('has them all, on a phone and on a wall, for everybody', async () => {
    for (const width of [390, 3840]) {
      await page.setViewportSize({ width, height: 1000 });
      expect(await page.locator('.clusters article').count()).toBe(CLUSTERS);
      expect(await page.locator('.board').count()).toBe(3 * CLUSTERS);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ).toBe(0);
      await page.evaluate(axeCore.source);
      const { violations } = await page.evaluate<{ violations: { id: string; impact: string }[] }>(
        'axe.run(document)',
      );
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    }
  });

  it('leads from one to the next within a view', async () => {
    await page.goto(`${server.url}/#/capacity`);
    await page
      .getByRole('navigation', { name: 'Clusters' })
      .getByRole('link', { name: 'cluster-7', exact: true })
      .click();
    await page.getByLabel('this node dies').selectOption('node-2');
    await page.getByText('everything else still fits').waitFor();
    expect(page.url()).toContain('#/capacity/cluster-7');
  });

  it('says which node of which cluster is down', async () => {
    await page.goto(`${server.url}/#/overview`);
    hear(state, 'cluster-4', 'node-2');
    await page.getByText('Node/node-2 is down').waitFor();
    expect(await page.locator('.problems').innerText()).toContain('cluster-4');
    hear(state, 'cluster-4');
    await page.getByRole('heading', { name: 'All is well' }).waitFor();
  });
});
