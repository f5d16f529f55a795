export const NAMESPACE = 'ups';
export const NUT_PORT = 3_493;
export const EXPORTER_PORT = 9_199;
export const LABELS = { 'app.kubernetes.io/name': 'nut' };
export const SHED_LABELS = { 'app.kubernetes.io/name': 'shed' };

/** The login of the hosts. */
export const MONITOR = {
  user: 'monitor',
  secret: 'monitor',
  key: 'password',
  variable: 'UPSMON_PASSWORD',
} as const;

/** What shuts down, in order; each sees the UPS under its own name, with its own idea of a low battery. */
export const STEPS = ['apps', 'workers', 'control-plane'] as const;
export type Step = (typeof STEPS)[number];

export interface UpsOptions {
  readonly server?: string | undefined;
  readonly driver: string;
  readonly appsAtMinutes: number;
  readonly workersAtMinutes: number;
  readonly controlPlaneAtMinutes: number;
  readonly cutsPower: boolean;
}

/** Seconds of battery that are left when it is a step's turn. */
export function secondsOf(step: Step, options: UpsOptions): number {
  const minutes = {
    apps: options.appsAtMinutes,
    workers: options.workersAtMinutes,
    'control-plane': options.controlPlaneAtMinutes,
  };
  return minutes[step] * 60;
}
