import type { KubeObject } from '../../kube/index.ts';

interface Schedule {
  readonly cron: string;
  readonly retain: number;
}

/** What Longhorn does with every volume that has no jobs of its own (group `default`). */
export function recurringJobs(
  namespace: string,
  snapshots: Schedule,
  backup: Schedule | undefined,
): KubeObject[] {
  const job = (name: string, task: string, { cron, retain }: Schedule, concurrency: number): KubeObject => ({
    apiVersion: 'longhorn.io/v1beta2',
    kind: 'RecurringJob',
    metadata: { name, namespace },
    spec: { name, task, cron, retain, concurrency, groups: ['default'], labels: {} },
  });
  return [
    job('snapshot', 'snapshot', snapshots, 1),
    // Without it the space of deleted files is never given back. Sundays, when nobody waits for the disk.
    job('trim', 'filesystem-trim', { cron: '30 4 * * 0', retain: 0 }, 1),
    ...(backup === undefined ? [] : [job('backup', 'backup', backup, 1)]),
  ];
}
