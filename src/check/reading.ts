import type { RuleFacts } from './rule.ts';

/** What is found while another repository is read, before any rule looks at its objects. */
export const READING = {
  build: {
    id: 'FLX017',
    title: 'a Kustomization that cannot be built',
    severity: 'error',
    why: 'Flux applies nothing of it, and what waits for it waits too.',
    remedy: 'Mend what the message names; `kustomize build` in that folder says the same.',
    references: ['https://fluxcd.io/flux/components/kustomize/kustomizations/'],
  },
  chart: {
    id: 'FLX018',
    title: 'a chart that could not be looked into',
    severity: 'info',
    why: 'What it would make is not checked, and what may be in it is not missed.',
    remedy: 'Give a folder of packaged charts with --charts, or run where its source can be reached.',
  },
  render: {
    id: 'FLX020',
    title: 'a chart that does not render',
    severity: 'error',
    why: 'helm cannot render it: Flux installs nothing of it, and says so again and again.',
    remedy:
      'Mend the value or the chart that the message names; `helm show values` says which values there are.',
    references: ['https://fluxcd.io/flux/components/helm/helmreleases/#values'],
  },
  file: {
    id: 'FLX019',
    title: 'a file that was not read',
    severity: 'info',
    why: 'What is in it is not checked.',
    remedy: 'Split it; objects of Kubernetes are smaller.',
  },
} as const satisfies Record<string, RuleFacts>;
