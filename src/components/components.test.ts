import { existsSync, readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { soundDefinition } from '../../test/support/definition.ts';
import { expressions } from '../../test/support/queries.ts';
import { planCluster } from '../compile/index.ts';
import { readHomelab, talos } from '../model/index.ts';
import { COMPONENTS, type Contribution, LAYERS } from './index.ts';
import * as registry from './registry.ts';

/** Everything that the sound homelab's components contribute, on each operating system. */
const homelabs = (['ubuntu', 'talos'] as const).map((os) => {
  const definition = soundDefinition();
  if (os === 'talos') for (const lab of definition.clusters) lab.os = talos({ version: '1.13.0' });
  const { homelab } = readHomelab(definition);
  const [cluster] = homelab?.clusters ?? [];
  if (homelab === undefined || cluster === undefined) throw new Error('the sound definition is not');
  return { os, plan: planCluster(homelab, cluster) };
});

function contributionsOf(name: string): { os: string; contribution: Contribution }[] {
  return homelabs.flatMap(({ os, plan }) =>
    plan.components
      .filter(({ component }) => component.name === name)
      .map(({ contribution }) => ({ os, contribution })),
  );
}

it('is one folder and one line of the registry for each', () => {
  expect([...COMPONENTS.keys()].toSorted()).toEqual(
    Object.values(registry)
      .map(({ definition }) => definition.name)
      .toSorted(),
  );
  for (const name of COMPONENTS.keys())
    expect(existsSync(new URL(`./${name}/component.ts`, import.meta.url))).toBe(true);
});

describe.each([...COMPONENTS.values()].map((component) => [component.name, component] as const))(
  '%s',
  (name, component) => {
    const contributions = contributionsOf(name);

    it('is in a layer and says what it does', () => {
      expect(LAYERS).toContain(component.layer);
      expect(component.summary).toMatch(/^[A-Z].*\.$/);
    });

    it('works without options, and the same with the options it came out with', () => {
      const defaults = component.schema.parse({});
      expect(component.schema.parse(defaults)).toEqual(defaults);
    });

    it('has a page that names every option of its own', () => {
      const page = readFileSync(new URL(`./${name}/README.md`, import.meta.url), 'utf8');
      expect(page).toMatch(new RegExp(`^# ${name}\n`));
      const { shape } = component.schema as z.ZodObject;
      for (const option of Object.keys(shape).filter(
        (key) => !['chart', 'values', 'podSecurity'].includes(key),
      ))
        expect(page).toContain(`\`${option}\``);
    });

    it('is restricted, or says why not', () => {
      for (const { contribution } of contributions) {
        for (const { needs, reason } of contribution.namespaces)
          expect(needs === 'restricted' ? undefined : reason, 'a reason exactly where one is due').toEqual(
            needs === 'restricted' ? undefined : expect.stringMatching(/.{20,}/),
          );
      }
    });

    it('pins its charts', () => {
      for (const { contribution } of contributions) {
        for (const { chart, namespace } of contribution.releases) {
          expect(chart.version).toMatch(/^v?\d+\.\d+\.\d+$/);
          expect(chart.repository).toMatch(/^(https|oci):\/\//);
          expect(contribution.namespaces.map((own) => own.name)).toContain(namespace);
        }
      }
    });

    it('alerts when one of its workloads is down', () => {
      for (const { contribution } of contributions) {
        const down = (contribution.alerts ?? []).filter(({ name: alert }) => alert.endsWith('Down'));
        const runs =
          contribution.releases.length > 0 || JSON.stringify(contribution).includes('"Deployment"');
        if (runs) expect(down.length).toBeGreaterThan(0);
        for (const { for: duration, severity, summary, runbook } of down) {
          expect(duration).toMatch(/^\d+m$/);
          expect(severity).toBe('critical');
          expect(`${summary}${runbook}`.length).toBeGreaterThan(40);
        }
      }
    });

    it('names flows that say why, with ports wherever they are known', () => {
      for (const { contribution } of contributions) {
        const names = (contribution.flows ?? []).map((flow) => flow.name);
        expect(new Set(names).size).toBe(names.length);
        for (const { why, ports, from, to } of contribution.flows ?? []) {
          expect(why).toMatch(/\.$/);
          // Only within a namespace may all ports be open.
          const own = from.kind === 'pods' && to.kind === 'pods' && from.namespace === to.namespace;
          expect(ports.length > 0 || own).toBe(to.kind !== 'kubernetes-api');
        }
      }
    });

    it('keeps secret values out of what it contributes', () => {
      for (const { contribution } of contributions) {
        const objects = [
          ...(contribution.objects ?? []),
          ...(contribution.config ?? []).map(({ object }) => object),
        ];
        expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
        for (const need of contribution.secrets ?? [])
          for (const source of Object.values(need.keys))
            expect(['given', 'password', 'login', 'object']).toContain(
              typeof source === 'string' ? source : typeof source,
            );
      }
    });
  },
);

it('runs two of a thing where the environment is redundant and there are the nodes', () => {
  const replicas = (name: string) =>
    contributionsOf(name).map(({ contribution }) =>
      JSON.stringify(contribution.releases.map(({ values }) => values)),
    );
  for (const values of replicas('traefik')) expect(values).toContain('"deployment":{"replicas":2}');
});

it('enforces NetworkPolicies on both operating systems', () => {
  const [ubuntu, talosFlannel] = contributionsOf('flannel');
  expect(ubuntu?.contribution.releases[0]?.values).toMatchObject({ netpol: { enabled: true } });
  expect(talosFlannel?.contribution.releases).toEqual([]);
  expect(talosFlannel?.contribution.hosts?.talos).toMatchObject({
    cluster: { network: { cni: { flannel: { kubeNetworkPoliciesEnabled: true } } } },
  });
});

describe('what is asked of Prometheus', () => {
  const contributions = homelabs.flatMap(({ plan }) =>
    plan.components.map(({ contribution }) => contribution),
  );
  const exposed = new Set(contributions.flatMap(({ metrics }) => metrics ?? []));

  it('is a metric that some target exposes, or a recording', () => {
    const asked = new Set(contributions.flatMap(({ files }) => expressions(files)).flatMap(metricNames));
    expect(asked.size).toBeGreaterThan(40);
    const recorded = [...asked].filter((name) => name.startsWith('objective:'));
    expect([...asked].filter((name) => !exposed.has(name) && !recorded.includes(name))).toEqual([]);
  });
});

function metricNames(expr: string): string[] {
  const names: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ name, node, from, to }) => {
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') names.push(expr.slice(from, to));
    },
  });
  return names;
}
