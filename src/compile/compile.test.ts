import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { generatedHomelab } from '../../bench/homelab.ts';
import { soundDefinition } from '../../test/support/definition.ts';
import { metallb } from '../index.ts';
import { readHomelab } from '../model/index.ts';
import { compile } from './index.ts';

function compiled(change: (definition: ReturnType<typeof soundDefinition>) => void = () => undefined) {
  const definition = soundDefinition();
  change(definition);
  const { homelab } = readHomelab(definition);
  if (homelab === undefined) throw new Error('the sound definition is not');
  return compile(homelab);
}

interface Object_ {
  kind: string;
  metadata?: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: Record<string, unknown>;
  resources?: string[];
}

const tree = compiled();
const documents = [...tree].flatMap(([path, text]) =>
  path.endsWith('.yaml')
    ? parseAllDocuments(text).map((document) => ({
        path,
        object: document.toJS() as Object_,
        errors: document.errors,
      }))
    : [],
);
const ofKind = (kind: string) => documents.filter(({ object }) => object.kind === kind && !object.resources);

describe('the tree', () => {
  it('is YAML throughout', () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(documents.length).toBeGreaterThan(50);
  });

  it('lists only files that are there, and every file is listed', () => {
    const lists = documents.filter(({ object }) => object.resources !== undefined);
    const listed = lists.flatMap(({ path, object }) =>
      (object.resources ?? []).map((file) => join(dirname(path), file)),
    );
    for (const file of listed) expect(tree.has(file), file).toBe(true);
    const applied = documents
      .map(({ path }) => path)
      .filter((path) => path.startsWith('clusters/') && !path.endsWith('/kustomization.yaml'));
    expect([...new Set(applied)].filter((path) => !listed.includes(path))).toEqual([]);
  });

  it('has Flux Kustomizations whose folder is there and that depend on each other without a circle', () => {
    const kustomizations = ofKind('Kustomization').filter(({ object }) => object.spec !== undefined);
    const after = new Map<string, string[]>();
    for (const { object } of kustomizations) {
      const {
        path,
        dependsOn = [],
        prune,
        timeout,
      } = object.spec as { path: string; dependsOn?: { name: string }[]; prune: boolean; timeout: string };
      expect(tree.has(join(path.replace('./', ''), 'kustomization.yaml')), path).toBe(true);
      expect([prune, timeout]).toEqual([true, expect.stringMatching(/m$/)]);
      after.set(
        object.metadata?.name ?? '',
        dependsOn.map(({ name }) => name),
      );
    }
    const depth = (name: string, seen: string[]): number => {
      expect(seen).not.toContain(name);
      expect(after.has(name), name).toBe(true);
      return 1 + Math.max(0, ...(after.get(name) ?? []).map((other) => depth(other, [...seen, name])));
    };
    expect(Math.max(...[...after.keys()].map((name) => depth(name, [])))).toBeGreaterThan(3);
  });

  it('denies by default and allows DNS in every namespace', () => {
    const namespaces = ofKind('Namespace').map(({ object }) => object.metadata?.name);
    const policies = ofKind('NetworkPolicy').map(
      ({ object }) => `${object.metadata?.namespace}/${object.metadata?.name}`,
    );
    expect(namespaces).toEqual(
      expect.arrayContaining([
        'traefik',
        'metallb-system',
        'cert-manager',
        'flux-system',
        'kube-flannel',
        'default',
      ]),
    );
    for (const namespace of namespaces) {
      expect(policies).toContain(`${namespace}/default-deny`);
      expect(policies).toContain(`${namespace}/allow-dns`);
    }
  });

  it('labels every namespace, and a relaxed one says why', () => {
    for (const { object } of ofKind('Namespace')) {
      const level = object.metadata?.labels?.['pod-security.kubernetes.io/enforce'];
      const reason = object.metadata?.annotations?.['homeplane.dev/pod-security-reason'];
      expect(reason === undefined).toBe(level === 'restricted');
    }
  });

  it('holds no secret', () => {
    expect(ofKind('Secret')).toEqual([]);
    for (const text of tree.values()) expect(text).not.toMatch(/PRIVATE KEY|AGE-SECRET-KEY/);
  });

  it('quotes what YAML 1.1 readers take for booleans', () => {
    const patched = compiled((definition) => {
      for (const lab of definition.clusters)
        lab.components = lab.components.map((use) =>
          use.component === 'metallb' ? metallb({ values: { speaker: { logLevel: 'on' } } }) : use,
        );
    });
    expect(patched.get('clusters/lab/network/metallb/release.yaml')).toContain('logLevel: "on"');
  });
});

describe('options', () => {
  it("are merged over the component's own values", () => {
    const patched = compiled((definition) => {
      for (const lab of definition.clusters)
        lab.components = lab.components.map((use) =>
          use.component === 'metallb' ? metallb({ values: { speaker: { frr: { enabled: true } } } }) : use,
        );
    });
    const text = patched.get('clusters/lab/network/metallb/release.yaml') ?? '';
    const [release] = parseAllDocuments(text).map((document) => document.toJS() as Object_);
    expect(release?.spec?.['values']).toMatchObject({
      speaker: { frr: { enabled: true }, ignoreExcludeLB: true },
      frrk8s: { enabled: false },
    });
  });
});

describe('machines', () => {
  it('join the first control plane and share a virtual IP where there are several', () => {
    const ha = compiled((definition) => {
      for (const lab of definition.clusters) {
        lab.controlPlaneAddress = '192.168.7.10';
        for (const other of lab.nodes) other.roles = ['control-plane', 'worker'];
      }
    });
    expect(ha.get('machines/lab/pi-1/kubeadm.yaml')).toContain('kind: InitConfiguration');
    expect(ha.get('machines/lab/pi-2/kubeadm.yaml')).toMatch(/kind: JoinConfiguration[^]*controlPlane:/);
    for (const name of ['pi-1', 'pi-2', 'pi-3'])
      expect(ha.get(`machines/lab/${name}/kube-vip.yaml`)).toContain('value: 192.168.7.10');
    expect(tree.has('machines/lab/pi-1/kube-vip.yaml')).toBe(false);
    expect(tree.get('machines/lab/pi-2/kubeadm.yaml')).not.toContain('controlPlane:');
  });
});

it('federates by Git: each of several sites has a cluster that applies its own part of one repository', () => {
  const { homelab, findings } = readHomelab(generatedHomelab(2));
  if (homelab === undefined) throw new Error(JSON.stringify(findings));
  const files = compile(homelab);
  for (const { name, site } of homelab.clusters) {
    const own = [...files].filter(([path]) => path.startsWith(`clusters/${name}/`));
    expect(files.get(`clusters/${name}/flux-system/sync.yaml`)).toContain(`path: ./clusters/${name}\n`);
    const pools = own.filter(([path]) => path.includes('ipaddresspool')).map(([, text]) => text);
    expect(pools.join('')).toContain(site.lan.pools[0]?.text ?? 'no pool');
  }
});
