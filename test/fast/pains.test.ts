import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check, RULES } from '../../src/check/index.ts';
import { NET008 } from '../../src/check/rules/NET008.ts';
import { compile, inventory, planHomelab } from '../../src/compile/index.ts';
import { longhorn } from '../../src/index.ts';
import { isRecord, textAt } from '../../src/kube/index.ts';
import { type Homelab, readHomelab } from '../../src/model/index.ts';
import { loadDefinition } from '../../src/project/index.ts';
import { soundDefinition } from '../support/definition.ts';

/**
 * What hurts people who run Kubernetes at home, from public issue threads: each cannot be written in a definition at
 * all, or is caught by a rule, or is what a command is for. What is about machines that are being flashed comes with
 * the command that flashes them.
 */
const ROOT = new URL('../../', import.meta.url).pathname;

const TWICE = /(?:^ *(?:- name: )?bind-address\n?[\s\S]{0,30}0\.0\.0\.0[\s\S]*){2}/m;

/** How a machine's configuration lets a part listen where it can be scraped. */
const LISTENS = {
  kubeProxy: /metrics-?bind-?address: 0\.0\.0\.0:10249/i,
  kubeEtcd: /listen-metrics-urls[\s\S]{0,40}http:\/\/(0\.0\.0\.0|[\d.]+):2381/,
  // Both say the same of themselves.
  kubeScheduler: TWICE,
  kubeControllerManager: TWICE,
} as const;

async function reference(): Promise<Homelab> {
  const { homelab } = await loadDefinition(join(ROOT, 'homelab/homelab.ts'));
  if (homelab === undefined) throw new Error('no homelab');
  return homelab;
}

function findings(change: (definition: ReturnType<typeof soundDefinition>) => void): string[] {
  const definition = soundDefinition();
  change(definition);
  const read = readHomelab(definition);
  const all = read.homelab === undefined ? read.findings : check(read.homelab, { today: '2026-06-01' });
  return all.map(({ rule }) => rule);
}

const ids = new Set(RULES.map(({ id }) => id));

describe('cannot be written in a definition', () => {
  it('a privileged chart in a namespace without the label: the label comes from what its pods need', async () => {
    for (const plan of planHomelab(await reference()))
      for (const { object } of inventory(plan, () => []).filter((item) => item.object.kind === 'Namespace'))
        expect(textAt(object, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce')).toBeDefined();
  });

  it('a Talos upgrade with the plain installer: the image is that of the schematic with overlay and extensions', async () => {
    const patches = [...compile(await reference())].filter(([path]) => path.endsWith('talos-patch.yaml'));
    expect(patches.length).toBeGreaterThan(0);
    for (const [, text] of patches)
      expect(text).toMatch(/image: factory\.talos\.dev\/metal-installer\/[0-9a-f]{64}:v/);
  });

  it("a Kubernetes version that drifts to the OS' default: it is named for every machine", async () => {
    const homelab = await reference();
    const tree = compile(homelab);
    for (const { name, kubernetes, nodes, os } of homelab.clusters)
      for (const node of nodes) {
        const text =
          os.kind === 'talos'
            ? (tree.get(`machines/${name}/README.md`) ?? '')
            : (tree.get(`machines/${name}/${node.name}/kubeadm.yaml`) ?? '');
        const named =
          os.kind === 'talos'
            ? `--kubernetes-version ${kubernetes} --config-patch @${node.name}/`
            : `kubernetesVersion: v${kubernetes}\n`;
        expect(text).toContain(named);
      }
  });

  it('the legacy hostname field of Talos', async () => {
    for (const [path, text] of compile(await reference()))
      if (path.endsWith('talos-patch.yaml')) {
        expect(text).toContain('kind: HostnameConfig');
        expect(text).not.toMatch(/network:\n {4}hostname:/);
      }
  });

  it('machine secrets that `git add -A` takes along: none are in the tree', async () => {
    for (const [path, text] of compile(await reference()))
      expect(text, path).not.toMatch(
        /BEGIN (RSA |EC |)PRIVATE KEY|secretboxEncryptionSecret: [A-Za-z0-9+/]{20}|trustdinfo/,
      );
  });

  it('scrape targets that listen on loopback only: machines let what is scraped listen', async () => {
    const homelab = await reference();
    const tree = compile(homelab);
    for (const plan of planHomelab(homelab)) {
      const values = plan.components
        .flatMap(({ contribution }) => contribution.releases)
        .find(({ name }) => name === 'kube-prometheus-stack')?.values;
      const machines = [...tree]
        .filter(([path]) => path.startsWith(`machines/${plan.cluster.name}/`))
        .map(([, text]) => text)
        .join('\n');
      const scraped = ['kubeProxy', 'kubeEtcd', 'kubeScheduler', 'kubeControllerManager'].filter(
        (target) => isRecord(values?.[target]) && values[target]['enabled'] !== false,
      );
      expect(scraped.length).toBeGreaterThan(0);
      for (const target of scraped) expect(machines, target).toMatch(LISTENS[target as keyof typeof LISTENS]);
    }
  });

  it('three replicas on one node: what a class asks for is capped to the nodes there are', async () => {
    for (const plan of planHomelab(await reference())) {
      const nodes = plan.cluster.nodes.length;
      const classes = inventory(plan, () => [])
        .map(({ object }) => object)
        .filter(({ kind }) => kind === 'StorageClass');
      expect(classes.length).toBeGreaterThan(0);
      for (const object of classes)
        expect(Number(textAt(object, 'parameters', 'numberOfReplicas') ?? 1)).toBeLessThanOrEqual(nodes);
    }
  });
});

describe('is caught by a rule', () => {
  it('a namespace that is stricter than its pods', () => {
    expect(
      findings(({ clusters }) => {
        for (const lab of clusters)
          lab.components = lab.components.map((use) =>
            use.component === 'longhorn'
              ? longhorn({ podSecurity: 'restricted', backup: { target: 'nfs://192.168.7.5:/b' } })
              : use,
          );
      }),
    ).toContain('SEC001');
    // The same where somebody else wrote it.
    expect(ids).toContain('SEC005');
  });

  it('network policies that nothing enforces', () => {
    const rules = findings((definition) => NET008.bad(definition));
    expect(rules).toContain('NET008');
  });
});

describe('is what a command is for', () => {
  it.each([
    ['what a HelmRelease will produce before it is merged', 'homeplane diff'],
    ['which object is at fault when a bootstrap times out', 'homeplane up'],
  ])('%s: %s', (_, command) => {
    expect(readFileSync(join(ROOT, 'docs/reference/commands.md'), 'utf8')).toContain(`## ${command}\n`);
  });
});
