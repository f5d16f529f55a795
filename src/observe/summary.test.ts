import { describe, expect, it } from 'vitest';
import { snapshotOf } from '../../test/support/snapshot.ts';
import type { KubeObject } from '../kube/index.ts';
import { summarise } from './summary.ts';

function object(
  kind: string,
  name: string,
  rest: Partial<KubeObject> & {
    namespace?: string;
    annotations?: Record<string, string>;
    owner?: string;
  } = {},
): KubeObject {
  const { namespace = 'flux-system', annotations, owner, ...more } = rest;
  const metadata = {
    name,
    namespace,
    uid: `uid-${kind}-${name}`,
    generation: 1,
    ...(annotations === undefined ? {} : { annotations }),
    ...(owner === undefined ? {} : { ownerReferences: [{ uid: owner }] }),
  };
  return { apiVersion: 'v1', kind, metadata, ...more };
}

function condition(status: string, message = '', reason = ''): object {
  return { observedGeneration: 1, conditions: [{ type: 'Ready', status, message, reason }] };
}

const kustomization = (name: string, status: string, message: string, reason: string, spec: object = {}) =>
  object('Kustomization', name, {
    status: { ...condition(status, message, reason), lastAppliedRevision: 'main@sha1:abc' },
    spec,
  });

const expected = { revision: 'abc', kustomizations: ['metallb'] };

/** A release whose Deployment got no pods, because the API server refuses them. */
const REFUSAL = 'pods "web-1" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true';
const refused = [
  kustomization('metallb', 'Unknown', 'Running health checks', 'Progressing', {
    healthChecks: [{ kind: 'HelmRelease', name: 'metallb', namespace: 'metallb-system' }],
  }),
  object('HelmRelease', 'metallb', {
    namespace: 'metallb-system',
    status: {
      ...condition('Unknown', "Running 'install' action with timeout of 5m0s"),
      helmChart: 'flux-system/metallb',
    },
  }),
  object('Deployment', 'web', {
    namespace: 'metallb-system',
    annotations: {
      'meta.helm.sh/release-name': 'metallb',
      'meta.helm.sh/release-namespace': 'metallb-system',
    },
    spec: { replicas: 2 },
    status: { observedGeneration: 1 },
  }),
  object('ReplicaSet', 'web-1', {
    namespace: 'metallb-system',
    owner: 'uid-Deployment-web',
    status: { conditions: [{ type: 'ReplicaFailure', status: 'True', message: REFUSAL }] },
  }),
];

describe('a cluster', () => {
  it('is ready when all that is expected is there, at the commit that is expected', () => {
    const status = summarise('lab', snapshotOf([kustomization('metallb', 'True', '', '')]), expected);
    expect(status).toMatchObject({ ready: true, causes: [], blockedByCharts: false });
  });

  it('is not ready while something expected is not there yet', () => {
    const status = summarise('lab', snapshotOf([]), expected);
    expect(status.ready).toBe(false);
    expect(status.objects).toEqual([
      expect.objectContaining({ name: 'metallb', message: 'not created yet' }),
    ]);
  });

  it('is not ready at an older commit', () => {
    const status = summarise('lab', snapshotOf([kustomization('metallb', 'True', '', '')]), {
      ...expected,
      revision: 'def',
    });
    expect(status.ready).toBe(false);
    expect(status.objects[0]).toMatchObject({ state: 'waiting', message: 'at abc, waits for def' });
  });

  it('is not ready on the word of an earlier run', () => {
    const git = object('GitRepository', 'flux-system', {
      status: { ...condition('True'), lastHandledReconcileAt: 'yesterday' },
    });
    const objects = snapshotOf([kustomization('metallb', 'True', '', ''), git]);
    expect(summarise('lab', objects, { ...expected, reconcileToken: 'today' }).ready).toBe(false);
    expect(summarise('lab', objects, { ...expected, reconcileToken: 'yesterday' }).ready).toBe(true);
  });
});

describe('what is at fault', () => {
  it('is the object that the API server refused, with its own words, not the release that waits', () => {
    const { causes } = summarise('lab', snapshotOf(refused), expected);
    expect(causes).toEqual([{ object: 'ReplicaSet/metallb-system/web-1', message: REFUSAL, chart: false }]);
  });

  it('is found in an event where a controller has no condition for it', () => {
    const daemonSet = object('DaemonSet', 'agent', {
      namespace: 'x',
      status: { observedGeneration: 1, desiredNumberScheduled: 3 },
    });
    const event = object('Event', 'agent.1', {
      namespace: 'x',
      reason: 'FailedCreate',
      message: `Error creating: ${REFUSAL}`,
      involvedObject: { kind: 'DaemonSet', name: 'agent', namespace: 'x' },
    });
    const { causes } = summarise('lab', snapshotOf([daemonSet, event]), expected);
    expect(causes).toEqual([{ object: 'DaemonSet/x/agent', message: REFUSAL, chart: false }]);
  });

  it('is the pod that the scheduler has no place for', () => {
    const message = '0/3 nodes are available: 3 Insufficient memory.';
    const objects = [
      object('StatefulSet', 'db', {
        namespace: 'x',
        spec: { replicas: 1 },
        status: { observedGeneration: 1 },
      }),
      object('Pod', 'db-0', {
        namespace: 'x',
        owner: 'uid-StatefulSet-db',
        status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message }] },
      }),
    ];
    expect(summarise('lab', snapshotOf(objects), expected).causes).toEqual([
      { object: 'Pod/x/db-0', message, chart: false },
    ]);
  });

  it('is the repository when a chart cannot be had, and then nothing else is to be waited for', () => {
    const dial = 'failed to fetch Helm repository index: dial tcp: no such host';
    const objects = [
      kustomization('metallb', 'Unknown', 'Running health checks', 'Progressing', {
        healthChecks: [{ kind: 'HelmRelease', name: 'metallb', namespace: 'metallb-system' }],
      }),
      kustomization(
        'traefik',
        'False',
        "dependency 'flux-system/metallb' is not ready",
        'DependencyNotReady',
        { dependsOn: [{ name: 'metallb' }] },
      ),
      object('HelmRelease', 'metallb', {
        namespace: 'metallb-system',
        status: { ...condition('False', 'HelmChart is not ready'), helmChart: 'flux-system/metallb' },
      }),
      object('HelmChart', 'metallb', {
        spec: { sourceRef: { name: 'upstream' } },
        status: condition('False', 'no artifact'),
      }),
      object('HelmRepository', 'upstream', { status: condition('False', dial) }),
    ];
    const wanted = { ...expected, kustomizations: ['metallb', 'traefik'] };
    const status = summarise('lab', snapshotOf(objects), wanted);
    expect(status.causes).toEqual([
      { object: 'HelmRepository/flux-system/upstream', message: dial, chart: true },
    ]);
    expect(status.blockedByCharts).toBe(true);
    const retrying = object('HelmRepository', 'upstream', {
      status: condition('Unknown', 'reconciliation in progress'),
    });
    const event = object('Event', 'upstream.1', {
      reason: 'Failed',
      message: dial,
      involvedObject: { kind: 'HelmRepository', name: 'upstream', namespace: 'flux-system' },
    });
    const later = [...objects.filter(({ kind }) => kind !== 'HelmRepository'), retrying, event];
    expect(summarise('lab', snapshotOf(later), wanted)).toMatchObject({
      causes: status.causes,
      blockedByCharts: true,
    });
    const other = kustomization('other', 'Unknown', 'Reconciliation in progress', 'Progressing');
    expect(summarise('lab', snapshotOf([...objects, other]), wanted).blockedByCharts).toBe(false);
  });

  it('is ready with charts that were fetched before from a repository that cannot be reached now', () => {
    const failed = condition('False', 'no such host', 'Failed');
    const upstream = object('HelmRepository', 'upstream', { status: { ...failed, artifact: {} } });
    const summary = summarise('lab', snapshotOf([upstream]), { kustomizations: [] });
    expect(summary.ready).toBe(true);
    expect(summary.objects[0]?.message).toContain('what was fetched before is in use: no such host');
    const never = object('HelmRepository', 'upstream', { status: failed });
    expect(summarise('lab', snapshotOf([never]), { kustomizations: [] }).ready).toBe(false);
  });
});
