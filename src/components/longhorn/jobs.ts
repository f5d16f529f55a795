import type { KubeObject } from '../../kube/index.ts';

interface Schedule {
  readonly cron: string;
  readonly retain: number;
}

/** Group of volumes that are not backed up: their claims name it, the others belong to `default`. */
const UNSAVED = 'unsaved';

/** How Longhorn takes the jobs of a volume from its claim (longhorn.io, "Recurring Snapshots and Backups"). */
export function claimLabels(backup: boolean): Record<string, string> {
  if (backup) return {};
  return {
    'recurring-job.longhorn.io/source': 'enabled',
    [`recurring-job-group.longhorn.io/${UNSAVED}`]: 'enabled',
  };
}

/** What Longhorn does with every volume: nothing for each is configured by hand. */
export function recurringJobs(
  namespace: string,
  snapshots: Schedule,
  backup: Schedule | undefined,
): KubeObject[] {
  const job = (
    name: string,
    task: string,
    { cron, retain }: Schedule,
    concurrency: number,
    groups: string[],
  ): KubeObject => ({
    apiVersion: 'longhorn.io/v1beta2',
    kind: 'RecurringJob',
    metadata: { name, namespace },
    spec: { name, task, cron, retain, concurrency, groups, labels: {} },
  });
  return [
    job('snapshot', 'snapshot', snapshots, 1, ['default', UNSAVED]),
    // Without it the space of deleted files is never given back. Sundays, when nobody waits for the disk.
    job('trim', 'filesystem-trim', { cron: '30 4 * * 0', retain: 0 }, 1, ['default', UNSAVED]),
    ...(backup === undefined ? [] : [job('backup', 'backup', backup, 1, ['default'])]),
  ];
}
