import type { Objective, Series } from '../contribution.ts';
import { counter } from '../shared.ts';

/** A bound of Traefik's default buckets (doc.traefik.io, "Metrics": 0.1, 0.3, 1.2, 5 s). */
const SECONDS = '1.2';

/** What the ingress promises for everything behind it. */
export function ingressObjectives(percent: { availability: number; latency: number }): Objective[] {
  const all = (window: string) =>
    `sum(rate(traefik_entrypoint_requests_total{entrypoint="websecure"}[${window}]))`;
  const answered = (bucket: string, window: string) =>
    `sum(rate(traefik_entrypoint_request_duration_seconds_${bucket}[${window}]))`;
  return [
    {
      name: 'ingress-availability',
      title: 'Requests answered without a server error',
      percent: percent.availability,
      bad: (window) =>
        `sum(rate(traefik_entrypoint_requests_total{entrypoint="websecure",code=~"5.."}[${window}]))`,
      all,
      sample: (share, minutes) => ({
        'traefik_entrypoint_requests_total{entrypoint="websecure",code="200"}': counter(1 - share, minutes),
        'traefik_entrypoint_requests_total{entrypoint="websecure",code="502"}': counter(share, minutes),
      }),
    },
    {
      name: 'ingress-latency',
      title: `Requests answered within ${SECONDS} s`,
      percent: percent.latency,
      bad: (window) =>
        `${answered('count{entrypoint="websecure"}', window)} - ${answered(`bucket{entrypoint="websecure",le="${SECONDS}"}`, window)}`,
      all: (window) => answered('count{entrypoint="websecure"}', window),
      sample: (share, minutes): Series => ({
        'traefik_entrypoint_request_duration_seconds_count{entrypoint="websecure"}': counter(1, minutes),
        [`traefik_entrypoint_request_duration_seconds_bucket{entrypoint="websecure",le="${SECONDS}"}`]:
          counter(1 - share, minutes),
      }),
    },
  ];
}

/** The same for one service behind the ingress, which Traefik names after its namespace, name and port. */
export function serviceObjective(namespace: string, service: string, percent: number): Objective {
  const of = `service=~"${namespace}-${service}-.*@kubernetescrd"`;
  const requests = (more: string, window: string) =>
    `sum(rate(traefik_service_requests_total{${of}${more}}[${window}]))`;
  const sample = (code: string) =>
    `traefik_service_requests_total{service="${namespace}-${service}-80@kubernetescrd",code="${code}"}`;
  return {
    name: `${service}-availability`,
    title: `Requests to ${service} answered without a server error`,
    percent,
    bad: (window) => requests(',code=~"5.."', window),
    all: (window) => requests('', window),
    sample: (share, minutes) => ({
      [sample('200')]: counter(1 - share, minutes),
      [sample('502')]: counter(share, minutes),
    }),
  };
}
