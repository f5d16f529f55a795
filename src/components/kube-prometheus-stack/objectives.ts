import type { Objective } from '../contribution.ts';
import { counter } from '../shared.ts';

/** What the cluster itself promises to whoever works with it. */
export function apiObjective(): Objective {
  const answered = (more: string, window: string) => `sum(rate(apiserver_request_total{${more}}[${window}]))`;
  return {
    name: 'api-availability',
    title: 'Requests of the API server answered without an error',
    percent: 99.5,
    bad: (window) => answered('code=~"5.."', window),
    all: (window) => answered('', window),
    sample: (share, minutes) => ({
      'apiserver_request_total{code="200"}': counter(1 - share, minutes),
      'apiserver_request_total{code="500"}': counter(share, minutes),
    }),
  };
}
