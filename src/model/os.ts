import { z } from 'zod';
import { marked } from './position.ts';
import { oneOf, strict, version } from './schema.ts';

const TalosSchema = strict({ kind: z.literal('talos'), version });
const UbuntuSchema = strict({ kind: z.literal('ubuntu'), release: oneOf(['22.04', '24.04']) });

export const OperatingSystemSchema = z.discriminatedUnion('kind', [TalosSchema, UbuntuSchema]);

/** What runs on the nodes. Make one with {@link talos} or {@link ubuntu}. */
export type OperatingSystem = z.output<typeof OperatingSystemSchema>;

/** Its name for people. */
export function osName(os: OperatingSystem): string {
  return os.kind === 'talos' ? `Talos Linux ${os.version}` : `Ubuntu ${os.release} LTS`;
}

/** Talos Linux: immutable, configured by its API. @example talos({ version: '1.13.0' }) */
export function talos(options: { version: string }): OperatingSystem {
  return marked({ kind: 'talos', ...options });
}

/** Ubuntu LTS with kubeadm. @example ubuntu({ release: '22.04' }) */
export function ubuntu(options: { release: '22.04' | '24.04' }): OperatingSystem {
  return marked({ kind: 'ubuntu', ...options });
}
