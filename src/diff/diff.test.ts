import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { soundDefinition } from '../../test/support/definition.ts';
import { app } from '../apps/index.ts';
import type { KubeObject } from '../kube/index.ts';
import { readHomelab } from '../model/index.ts';
import { plain } from '../util/index.ts';
import { compareFields } from './fields.ts';
import { compareItems, diffReport, formatMarkdown, formatText, type Side } from './index.ts';

function object(text: string): KubeObject {
  return parse(text) as KubeObject;
}

/** What a change of one object does, as `consequence: note`. */
function effects(before: string | undefined, after: string | undefined): string[] {
  const side = (text: string | undefined) => (text === undefined ? [] : [{ object: object(text) }]);
  return compareItems(side(before), side(after)).flatMap((change) =>
    change.effects.map(({ consequence, note }) => `${consequence}: ${note}`),
  );
}

const deployment = (spec: string) =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: web }, spec: ${spec} }`;
const claim = (spec: string) =>
  `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data, namespace: web }, spec: ${spec} }`;
const service = (spec: string, annotations = '{}') =>
  `{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: web, annotations: ${annotations} }, spec: ${spec} }`;
const sized = (size: string) => claim(`{ resources: { requests: { storage: ${size} } } }`);
const pods = (image: string, replicas = 2) =>
  deployment(
    `{ replicas: ${replicas}, template: { spec: { containers: [{ name: web, image: ${image} }] } } }`,
  );

describe('two objects are the same', () => {
  it.each([
    ['a default that is written', '{ spec: { replicas: 1 } }', '{ spec: {} }'],
    ['an empty map', '{ metadata: { labels: {} } }', '{ metadata: {} }'],
    [
      'an amount in other units',
      '{ limits: { cpu: 1000m, memory: 1Gi } }',
      '{ limits: { cpu: 1, memory: 1024Mi } }',
    ],
    [
      'the order of named things',
      '{ env: [{ name: a }, { name: b }] }',
      '{ env: [{ name: b }, { name: a }] }',
    ],
    ['the order of keys in a list', '{ from: [{ a: 1, b: 2 }] }', '{ from: [{ b: 2, a: 1 }] }'],
    ['null', '{ a: null }', '{}'],
  ])('but for %s', (_, before, after) => {
    expect(compareFields(parse(before), parse(after))).toEqual([]);
    expect(compareFields(parse(after), parse(before))).toEqual([]);
  });

  it('but not when versions look like numbers', () => {
    expect(compareFields({ version: '1.10' }, { version: '1.1' })).toHaveLength(1);
    expect(compareFields({ replicas: 2 }, {})).toHaveLength(1);
  });
});

describe('a change', () => {
  it('of a pod template restarts its pods', () => {
    expect(effects(pods('a:1'), pods('a:2'))).toEqual(['restart: 2 pods']);
    const recreated = (image: string) =>
      deployment(
        `{ strategy: { type: Recreate }, template: { spec: { containers: [{ name: web, image: ${image} }] } } }`,
      );
    expect(effects(recreated('a:1'), recreated('a:2'))).toEqual(['restart: 1 pod, and it is down meanwhile']);
  });

  it('of the number of pods only scales', () => {
    expect(effects(pods('a:1', 2), pods('a:1', 3))).toEqual(['scale: 2 -> 3 pods']);
  });

  it('of what cannot be changed needs a new object', () => {
    expect(
      effects(
        deployment('{ selector: { matchLabels: { app: a } } }'),
        deployment('{ selector: { matchLabels: { app: b } } }'),
      ),
    ).toEqual(['recreate: the API server refuses another spec.selector.matchLabels.app']);
  });

  it('of a volume says what happens to the data', () => {
    expect(effects(sized('10Gi'), sized('20Gi'))).toEqual(['storage: grows from 10Gi to 20Gi']);
    expect(effects(sized('20Gi'), sized('10Gi'))).toEqual([
      'storage: a volume cannot shrink from 20Gi to 10Gi: the API server refuses it',
    ]);
    expect(effects(sized('10Gi'), undefined)).toEqual([
      'storage: its volume of 10Gi is deleted, unless its class retains it',
    ]);
  });

  it('of an address says where it moves', () => {
    const at = (ip: string) =>
      service('{ type: LoadBalancer, ports: [{ port: 443 }] }', `{ metallb.io/loadBalancerIPs: ${ip} }`);
    expect(effects(at('192.168.1.10'), at('192.168.1.11'))).toEqual([
      'expose: opens 192.168.1.11 port 443/TCP; closes 192.168.1.10 port 443/TCP',
    ]);
    expect(
      effects(service('{ ports: [{ port: 80 }] }'), service('{ type: NodePort, ports: [{ port: 80 }] }')),
    ).toEqual(['expose: opens every node port 80/TCP']);
  });

  it('of a role says what it grants', () => {
    const role = (verbs: string) =>
      `{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: r, namespace: web }, rules: [{ resources: [pods], verbs: ${verbs} }] }`;
    expect(effects(role('[get]'), role('[get, delete]'))).toEqual([
      'rights: grants get/delete pods; takes away get pods',
    ]);
  });

  it('of settings says who sees it when', () => {
    const settings = (value: string) => ({
      object: object(
        `{ apiVersion: v1, kind: ConfigMap, metadata: { name: c, namespace: web }, data: { a: ${value} } }`,
      ),
    });
    const reader = (name: string, pod: string) => ({
      object: object(
        `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: web }, spec: { template: { spec: ${pod} } } }`,
      ),
    });
    const all = [
      reader('one', '{ volumes: [{ name: c, configMap: { name: c } }] }'),
      reader('two', '{ containers: [{ name: x, envFrom: [{ configMapRef: { name: c } }] }] }'),
      reader('three', '{ containers: [{ name: x, envFrom: [{ secretRef: { name: c } }] }] }'),
    ];
    const [change] = compareItems([settings('x'), ...all], [settings('y'), ...all]);
    expect(change?.effects).toEqual([
      {
        consequence: 'configure',
        note: 'Deployment/web/one sees it within a minute; Deployment/web/two keeps the old values until it starts again',
      },
    ]);
  });

  it('of a PodSecurity level says what may start', () => {
    const namespace = (level: string) =>
      `{ apiVersion: v1, kind: Namespace, metadata: { name: web, labels: { pod-security.kubernetes.io/enforce: ${level} } } }`;
    expect(effects(namespace('restricted'), namespace('privileged'))).toEqual([
      'rights: grants privileged pods in web; takes away restricted pods in web',
    ]);
  });

  it('of labels alone is metadata', () => {
    const labelled = (value: string) =>
      `{ apiVersion: v1, kind: ConfigMap, metadata: { name: c, namespace: web, labels: { a: ${value} } } }`;
    expect(effects(labelled('x'), labelled('y'))).toEqual(['metadata: ']);
  });

  it('of a Secret never shows a value', () => {
    const secret = (value: string) => ({
      object: object(
        `{ apiVersion: v1, kind: Secret, metadata: { name: s, namespace: web }, stringData: { password: ${value} } }`,
      ),
    });
    const text = JSON.stringify(compareItems([secret('canary-one')], [secret('canary-two')]));
    expect(text).toContain('stringData.password');
    expect(text).not.toContain('canary');
  });

  it('of an environment variable that is called like one neither', () => {
    const pod = (value: string) => ({
      object: object(
        deployment(
          `{ template: { spec: { containers: [{ name: web, env: [{ name: API_TOKEN, value: ${value} }] }] } } }`,
        ),
      ),
    });
    expect(JSON.stringify(compareItems([pod('canary-one')], [pod('canary-two')]))).not.toContain('canary');
  });
});

describe('two homelabs', () => {
  const side = (change: (definition: ReturnType<typeof soundDefinition>) => void): Side => {
    const definition = soundDefinition();
    change(definition);
    const { homelab, findings } = readHomelab(definition);
    if (homelab === undefined) throw new Error(JSON.stringify(findings));
    return { homelab, lock: undefined, findings };
  };
  const web = (image: string, size: string) => (definition: ReturnType<typeof soundDefinition>) => {
    for (const lab of definition.clusters)
      lab.apps = [
        app('web', {
          image,
          port: 80,
          host: 'web',
          requests: { cpu: '10m', memory: '64Mi' },
          storage: { '/data': { size } },
        }),
      ];
  };

  it('that are the same differ in nothing', () => {
    const report = diffReport(side(web('a/b:1.0.0', '1Gi')), side(web('a/b:1.0.0', '1Gi')));
    expect(report.clusters.flatMap(({ changes }) => changes)).toEqual([]);
    expect(report.machines).toEqual([]);
  });

  it('differ in what an edit does, for people and for a pull request', () => {
    const report = diffReport(side(web('a/b:1.0.0', '1Gi')), side(web('a/b:1.0.1', '2Gi')));
    const text = formatText(report, plain, false);
    expect(text).toContain('StatefulSet/web/web');
    expect(text).toContain('claim data: 1Gi -> 2Gi, and the volumes that are there keep their size');
    expect(text).toContain('containers[web].image: a/b:1.0.0 -> a/b:1.0.1');
    expect(formatMarkdown(report)).toMatch(
      /\| puts stored data at risk or changes volumes \| `StatefulSet\/web\/web` \|/,
    );
  });

  it('name the machines that are configured differently', () => {
    const report = diffReport(
      side(() => undefined),
      side((definition) => {
        for (const lab of definition.clusters) lab.kubernetes = '1.36.2';
      }),
    );
    expect(report.machines.map(({ machine }) => machine)).toEqual(['lab/pi-1', 'lab/pi-2', 'lab/pi-3']);
  });
});
