import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { planHomelab } from '../../src/compile/index.ts';
import {
  type Contribution,
  type Endpoint,
  POD_SECURITY_LEVELS,
  type Release,
} from '../../src/components/index.ts';
import { loadDefinition } from '../../src/project/index.ts';
import { CHARTS, program, ROOT } from './support.ts';

interface Container {
  name: string;
  image: string;
  securityContext?: { privileged?: boolean };
  ports?: { containerPort: number }[];
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  startupProbe?: Probe;
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
}
interface Probe {
  httpGet?: { port: number | string };
}
interface PodTemplate {
  metadata: { labels?: Record<string, string> };
  spec: { hostNetwork?: boolean; containers: Container[]; initContainers?: Container[] };
}
interface Workload {
  kind: string;
  metadata: { name: string; namespace?: string };
  template: PodTemplate;
}

/** Renders a release as the helm-controller does: the chart with our values, then our patches. */
async function render(release: Release, cluster: string): Promise<Workload[]> {
  const folder = await mkdtemp(join(tmpdir(), `homeplane-render-${cluster}-`));
  await writeFile(join(folder, 'values.yaml'), stringify(release.values));
  const chart = join(CHARTS ?? '', `${release.chart.name}-${release.chart.version}.tgz`);
  const args = [
    'template',
    release.name,
    chart,
    '--namespace',
    release.namespace,
    '--values',
    join(folder, 'values.yaml'),
    '--include-crds',
    '--kube-version',
    '1.36.3',
  ];
  await writeFile(join(folder, 'rendered.yaml'), (await execa(await program('helm'), args)).stdout);
  const patches = (release.patches ?? []).map(({ target, patch }) => ({
    target,
    patch: JSON.stringify(patch),
  }));
  await writeFile(join(folder, 'kustomization.yaml'), stringify({ resources: ['rendered.yaml'], patches }));
  const { stdout } = await execa(await program('kubectl'), ['kustomize', folder]);
  return parseAllDocuments(stdout).flatMap((document) => {
    const object = document.toJS() as {
      kind: string;
      metadata: Workload['metadata'];
      spec?: { template?: PodTemplate };
    } | null;
    const template = object?.spec?.template;
    if (object === null || template?.spec?.containers === undefined) return [];
    return [{ kind: object.kind, metadata: { namespace: release.namespace, ...object.metadata }, template }];
  });
}

/** Declared by charts whatever the values are; nothing listens there, or nobody has to ask. */
const UNUSED_PORTS = new Set(['grafana:9094', 'grafana:6060']);

/** Flux' controllers, Prometheus and Alertmanager are not in a chart: their operators make them. */
function isMadeByOperator({ namespace, labels }: Endpoint & { kind: 'pods' }): boolean {
  const name = labels['app.kubernetes.io/name'] ?? '';
  return namespace === 'flux-system' || ['prometheus', 'alertmanager'].includes(name);
}

describe.skipIf(CHARTS === undefined)('what the charts render with our values', async () => {
  const { homelab } = await loadDefinition(join(ROOT, 'homelab/homelab.ts'));
  if (homelab === undefined) throw new Error('no homelab');
  const cases = planHomelab(homelab).flatMap((plan) =>
    plan.components
      .filter(({ contribution }) => contribution.releases.length > 0)
      .map(({ component, contribution }) => [plan.cluster.name, component.name, contribution] as const),
  );

  describe.each(cases)('%s/%s', (cluster, _component, contribution: Contribution) => {
    let workloads: Workload[];
    beforeAll(async () => {
      workloads = (
        await Promise.all(contribution.releases.map((release) => render(release, cluster)))
      ).flat();
    });
    const containers = () =>
      workloads.flatMap(({ kind, metadata, template }) =>
        [...(template.spec.initContainers ?? []), ...template.spec.containers].map((container) => ({
          container,
          of: `${kind}/${metadata.name}/${container.name}`,
        })),
      );

    it('has requests and limits on every container', () => {
      expect(workloads.length).toBeGreaterThan(0);
      for (const { container, of } of containers()) {
        const { requests, limits } = container.resources ?? {};
        for (const what of ['cpu', 'memory']) {
          expect(requests?.[what], `${of} requests ${what}`).toBeDefined();
          expect(limits?.[what], `${of} limits ${what}`).toBeDefined();
        }
      }
    });

    it('pins every image', () => {
      for (const { container, of } of containers())
        expect(container.image, of).toMatch(/(:v?\d[\w.-]*|@sha256:[0-9a-f]{64})$/);
    });

    it('opens a flow to every port that is not only for probes, unless the pod is on the host network', () => {
      for (const { template, metadata } of workloads.filter(
        (workload) => workload.template.spec.hostNetwork !== true,
      )) {
        for (const container of template.spec.containers) {
          for (const { containerPort } of (container.ports ?? []).filter(
            (port) =>
              !probed(container, port) && !UNUSED_PORTS.has(`${container.name}:${port.containerPort}`),
          )) {
            const open = (contribution.flows ?? []).some(
              ({ to, ports }) =>
                matches(to, metadata.namespace, template) &&
                (ports.length === 0 || ports.some(({ port }) => port === containerPort)),
            );
            expect(open, `${metadata.name} port ${containerPort}`).toBe(true);
          }
        }
      }
    });

    it('has pods at the end of every flow of its own, but for what operators create', () => {
      const own = new Set(contribution.namespaces.map(({ name }) => name));
      for (const { from, to, name } of contribution.flows ?? []) {
        for (const end of [from, to]) {
          // The other end may be a component of its own.
          if (end.kind !== 'pods' || !own.has(end.namespace) || isMadeByOperator(end)) continue;
          const found = workloads.some(({ metadata, template }) =>
            matches(end, metadata.namespace, template),
          );
          expect(found, `${name}: ${JSON.stringify(end.labels)}`).toBe(true);
        }
      }
    });

    it('uses the host only in a namespace that says so', () => {
      const level = Math.min(
        ...contribution.namespaces.map(({ needs }) => POD_SECURITY_LEVELS.indexOf(needs)),
      );
      const onHost = workloads.some(
        ({ template }) =>
          template.spec.hostNetwork === true ||
          template.spec.containers.some(({ securityContext }) => securityContext?.privileged === true),
      );
      if (onHost) expect(POD_SECURITY_LEVELS[level]).toBe('privileged');
    });
  });
});

function matches(end: Endpoint, namespace: string | undefined, template: PodTemplate): boolean {
  if (end.kind !== 'pods' || end.namespace !== namespace) return false;
  return Object.entries(end.labels).every(([key, value]) => template.metadata.labels?.[key] === value);
}

function probed(container: Container, port: { containerPort: number; name?: string }): boolean {
  const probes = [container.livenessProbe, container.readinessProbe, container.startupProbe];
  return probes.some(
    (probe) =>
      probe?.httpGet?.port === port.containerPort ||
      (port.name !== undefined && probe?.httpGet?.port === port.name),
  );
}
