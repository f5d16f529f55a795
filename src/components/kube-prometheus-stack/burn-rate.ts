import { pascalCase } from '../../util/index.ts';
import type { Alert, Objective } from '../contribution.ts';
import { minutesOf, type Recording } from './rules.ts';

/**
 * How fast the error budget of 30 days may be spent before somebody is told: over a long window, so that it matters,
 * and over a short one, so that it still goes on (Google, "The Site Reliability Workbook", chapter 5).
 */
const BURNS = [
  { rate: 14.4, long: '1h', short: '5m', for: '2m', severity: 'critical', left: '2 days' },
  { rate: 6, long: '6h', short: '30m', for: '15m', severity: 'critical', left: '5 days' },
  { rate: 3, long: '1d', short: '2h', for: '1h', severity: 'warning', left: '10 days' },
  { rate: 1, long: '3d', short: '6h', for: '3h', severity: 'warning', left: '30 days' },
] as const;

const RATIO = 'objective:errors:ratio';

/** The share of bad events over every window. */
export function errorRatios(objectives: readonly Objective[]): Recording[] {
  const windows = [...new Set(BURNS.flatMap(({ long, short }) => [short, long])), '30d'];
  return objectives.flatMap(({ name, bad, all }) =>
    windows.map((window) => ({
      record: `${RATIO}_rate${window}`,
      // Without any event nothing was bad.
      expr: `(${bad(window)}) / ((${all(window)}) > 0) or vector(0)`,
      labels: { objective: name },
    })),
  );
}

/** Alerts when an error budget is spent so fast that it will not last for its 30 days. */
export function burnRateAlerts(objectives: readonly Objective[]): Alert[] {
  return objectives.flatMap(({ name, title, percent, sample }) => {
    const budget = 1 - percent / 100;
    // A budget so large that all events may be bad cannot be spent that fast.
    return BURNS.filter(({ rate }) => rate * budget * 1.2 < 1).map((burn): Alert => {
      const { rate, long, short, severity, left } = burn;
      const bound = Number((rate * budget).toPrecision(6));
      // Rules are evaluated every half hour in these tests.
      const minutes = Math.ceil((minutesOf(long) + minutesOf(burn.for)) / 30 + 1) * 30;
      const ratio = (window: string) => `${RATIO}_rate${window}{objective="${name}"}`;
      return {
        name: `ErrorBudgetBurn${pascalCase(name)}${long}`,
        expr: `${ratio(long)} > ${bound} and ${ratio(short)} > ${bound}`,
        for: burn.for,
        severity,
        summary: `${title}: at this rate the error budget of 30 days (${percent} %) is gone in about ${left}`,
        runbook: 'Open the dashboard "Objectives", then that of the service; look at what was deployed last',
        fires: sample(bound * 1.2, minutes),
        quiet: sample(bound * 0.8, minutes),
        after: `${minutes}m`,
      };
    });
  });
}
