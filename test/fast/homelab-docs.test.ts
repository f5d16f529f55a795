import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { marked } from 'marked';
import { beforeAll, describe, expect, it } from 'vitest';
import { docsPages } from '../../src/docs/index.ts';
import { renderedBy } from '../../src/lock/index.ts';
import { loadDefinition } from '../../src/project/index.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
/** Laid beside a developer's checkout; without it nothing is held against the page. */
const REFERENCE = join(ROOT, '../shared/reference/cluster-architecture.md');

let pages: ReadonlyMap<string, string>;
beforeAll(async () => {
  const { homelab, lock } = await loadDefinition(join(ROOT, 'homelab/homelab.ts'));
  if (homelab === undefined) throw new Error('the reference homelab is not sound');
  pages = docsPages(homelab, renderedBy(lock));
});

describe('the documentation of the reference homelab', () => {
  it('has no link to nowhere, no table with a cell too many, no diagram with an arrow to nothing', () => {
    for (const [path, text] of pages) {
      if (!path.endsWith('.md')) continue;
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g))
        expect(pages.has(posix.join(posix.dirname(path), target)), `${path} -> ${target}`).toBe(true);
      for (const token of marked.lexer(text))
        if (token.type === 'table')
          for (const row of (token as { rows: unknown[][]; header: unknown[] }).rows)
            expect(row.length).toBe((token as { header: unknown[] }).header.length);
      for (const [, diagram = ''] of text.matchAll(/```mermaid\n([\s\S]*?)```/g)) {
        const boxes = new Set([...diagram.matchAll(/^ {4}(\w+)\[/gm)].map(([, id]) => id));
        const ends = [...diagram.matchAll(/^ {2}(\w+) -->(?:\|[^|]*\|)? (\w+)$/gm)].flatMap(([, a, b]) => [
          a,
          b,
        ]);
        expect(
          ends.filter((id) => !boxes.has(id)),
          path,
        ).toEqual([]);
        expect(boxes.size, path).toBeGreaterThan(1);
      }
      expect(text, path).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('has no secret and nothing of the machine that wrote it', () => {
    for (const text of pages.values()) expect(text).not.toContain(ROOT);
  });
});

/** Where each heading of the reference page is told: a page, and texts that are in it. */
const HEADINGS: Readonly<Record<string, readonly [page: string, ...texts: string[]]>> = {
  'Cluster Architecture': ['architecture.md', '# Cluster architecture'],
  Overview: [
    'architecture.md',
    '## Overview',
    'rk1-1, rk1 in turing, slot 1: control plane and worker',
    'pi, raspberry-pi-4 in pi',
    'Infrastructure services',
    'Observability',
  ],
  Components: ['architecture.md', '## Components'],
  'Control Plane': [
    'architecture.md',
    '### Control plane',
    '**API server**',
    '**Scheduler**',
    '**Controller manager**',
    '**etcd**',
    'nothing can be changed until it is back',
  ],
  'Worker Nodes': [
    'architecture.md',
    '### Worker nodes',
    '**kubelet**',
    '**kube-proxy**',
    '**containerd**',
    'Talos Linux 1.13.0',
    'Ubuntu 22.04 LTS',
  ],
  Networking: [
    'architecture.md',
    '### Networking',
    'Layer 2 (ARP)',
    '192.168.100.160-192.168.100.179',
    '192.168.100.180-192.168.100.199',
    'Cloudflare DNS',
    'Switch, 192.168.100.0/24',
    'Flannel',
    '**NetworkPolicies**',
    '**PodSecurity**',
    'wildcard certificate',
    '**Dashboard**',
  ],
  Storage: [
    'architecture.md',
    '### Storage',
    'Longhorn Engine',
    'CSI Driver',
    'Longhorn UI',
    '`longhorn-fast`',
    '`longhorn-standard`',
    '`longhorn-backup`',
    'Snapshots',
  ],
  'Security and Compliance': [
    'architecture.md',
    '### Security and compliance',
    'Trivy Operator',
    'Polaris',
    'Role-Based Access Control',
    'CIS Kubernetes Benchmark',
    'NSA/CISA guidance',
    'Compliance reports',
    '`0 1 * * *`',
  ],
  'Monitoring and Logging': [
    'architecture.md',
    '### Monitoring and logging',
    'Node Exporter',
    'kube-state-metrics',
    'cAdvisor',
    'Alertmanager',
    'discord',
    'email',
    'Grafana',
    '30d',
    '**Maintenance windows**',
  ],
  Automation: ['architecture.md', '## Automation'],
  'GitOps with FluxCD': [
    'architecture.md',
    '### GitOps with Flux',
    'Renovate Bot',
    'Source Controller',
    'Kustomize Controller',
    'Helm Controller',
    'Image automation',
  ],
  'Deployment Environments': ['architecture.md', '## Deployment environments'],
  'Environment Strategy': [
    'environments.md',
    'manual promotion',
    'automatic updates',
    'tested updates',
    'Domain: "*.staging.hallonen.se"',
    'Domain: "*.local.hallonen.se"',
  ],
  'Performance Characteristics': ['architecture.md', '## Performance'],
  'Resource Optimization': [
    'architecture.md',
    '### Resource optimization',
    '**CPU limits**',
    '**Memory**',
    '**SD cards**',
    '**Scheduling**',
    '**Images** for arm64',
  ],
  'Capacity Planning': [
    'architecture.md',
    '### Capacity planning',
    '24 cores (3 nodes)',
    'Total memory: 96 GiB',
    '70 % at most',
    '80 % at most',
    '75 % at most',
  ],
  'Hardware Specifications': ['hardware.md', '# Hardware', 'turing-pi-2', 'rk1', 'raspberry-pi-4'],
  'ARM Architecture Benefits': [
    'hardware.md',
    '**Power efficiency**',
    '**Cost effectiveness**',
    '**UPS runtime**',
    '**Scalability**',
    '300 to 500 W',
  ],
};

/** First cells of the tables of the reference page's headings, and where the same is told. */
const TABLES: Readonly<Record<string, readonly [page: string, ...cells: string[]]>> = {
  'Component | Specification': [
    'hardware.md',
    'turing, slot 1',
    '8 cores, arm64',
    'nvme 1TB',
    'gigabit Ethernet',
    'Talos Linux',
  ],
  'Class | Replicas | Use Case | Performance': [
    'storage.md',
    '`longhorn-fast` | 3',
    '`longhorn-standard` | 2',
    '`longhorn-backup` | 1',
    'databases',
  ],
};

describe.skipIf(!existsSync(REFERENCE))('whoever has read the reference page', () => {
  const reference = existsSync(REFERENCE) ? readFileSync(REFERENCE, 'utf8') : '';

  it('finds every heading told', () => {
    const headings = [
      ...reference.replace(/```[\s\S]*?```/g, '').matchAll(/^#{1,3} +(?:\d+\. +)?(.+)$/gm),
    ].map(([, text = '']) => text.replace(/^[^\w]+/u, '').replace(/^\d+\. /, ''));
    expect(Object.keys(HEADINGS).toSorted()).toEqual([...new Set(headings)].toSorted());
    for (const [heading, [page, ...texts]] of Object.entries(HEADINGS))
      for (const text of texts) expect(pages.get(`docs/${page}`), `${heading} in ${page}`).toContain(text);
  });

  it('finds every table told', () => {
    const heads = [...reference.matchAll(/^ *\|(.+)\|\n *\|[-:| ]+\|$/gm)].map(([, head = '']) =>
      head
        .split('|')
        .map((cell) => cell.trim())
        .join(' | '),
    );
    expect(Object.keys(TABLES).toSorted()).toEqual([...new Set(heads)].toSorted());
    for (const [table, [page, ...cells]] of Object.entries(TABLES))
      for (const cell of cells) expect(pages.get(`docs/${page}`), table).toContain(cell);
  });
});
