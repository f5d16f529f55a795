import { textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

const FIELD = /^(\*|\?|[\dA-Za-z]+(-[\dA-Za-z]+)?)(\/\d+)?(,(\*|[\dA-Za-z]+(-[\dA-Za-z]+)?)(\/\d+)?)*$/;
const NAMED = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every .+)$/;

export const DEF014: ObjectRule = {
  id: 'DEF014',
  title: 'a schedule that is none',
  severity: 'error',
  why: 'The API server refuses a CronJob whose schedule it cannot read: the backup it was for never runs.',
  remedy: 'Five fields: minute, hour, day, month, weekday, such as "0 3 * * *".',
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax'],
  bad: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: backup, namespace: web }
spec: { schedule: daily at 3 }
`,
  good: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: backup, namespace: web }
spec: { schedule: '0 3 * * 1-5' }
`,
  *inspect(world) {
    for (const object of world.of('CronJob')) {
      const schedule = textAt(object, 'spec', 'schedule') ?? '';
      const fields = schedule.trim().split(/\s+/);
      const right =
        NAMED.test(schedule) ||
        schedule.includes('${') ||
        (fields.length === 5 && fields.every((part) => FIELD.test(part)));
      if (!right) yield { object, message: `has the schedule "${schedule}"` };
    }
  },
};
