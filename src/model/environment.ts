/** Where on the way to production a cluster stands. */
export const ENVIRONMENTS = ['development', 'staging', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** What components read instead of asking for an environment's name. */
export interface EnvironmentPolicy {
  /** Whether to run two of a thing where one would do, when the cluster has the nodes for it. */
  readonly redundant: boolean;
  /** Whether certificates are browser-trusted; the others come from the CA's staging endpoint. */
  readonly trustedCertificates: boolean;
  /** Whether machines are hardened beyond their defaults: API audit, encrypted Secrets, CIS settings of the kubelet. */
  readonly hardened: boolean;
  /** Whether what is promised to users (service level objectives) is watched, and alerted on. */
  readonly objectives: boolean;
  /** Pods on few nodes, to save power, or spread over all, to lose little with one. */
  readonly scheduling: 'pack' | 'spread';
  /** How often metrics are collected. */
  readonly scrapeInterval: string;
  /** How often Flux looks for new commits. */
  readonly gitInterval: string;
  /** How often Flux puts drift right when nothing changed. */
  readonly reconcileInterval: string;
}

/** Where things are tried: they change often, and may be down. */
const TRIAL: EnvironmentPolicy = {
  redundant: false,
  trustedCertificates: false,
  hardened: false,
  objectives: false,
  scheduling: 'pack',
  scrapeInterval: '1m',
  gitInterval: '1m',
  reconcileInterval: '10m',
};

/** The policy of each environment. */
export const ENVIRONMENT_POLICIES: Record<Environment, EnvironmentPolicy> = {
  development: TRIAL,
  staging: TRIAL,
  production: {
    redundant: true,
    trustedCertificates: true,
    hardened: true,
    objectives: true,
    scheduling: 'spread',
    scrapeInterval: '30s',
    gitInterval: '5m',
    reconcileInterval: '1h',
  },
};
