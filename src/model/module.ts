import { z } from 'zod';
import { type Disk, DiskSchema, emmc } from './disk.ts';
import { marked } from './position.ts';
import { byteSize, oneOf, strict } from './schema.ts';

/** What computes: the facts of a compute module or of a single-board computer. */
export const ComputeSchema = strict({
  model: z.string(),
  arch: oneOf(['arm64', 'amd64']),
  cores: z.number().int().positive(),
  memory: byteSize,
  /** Network link in Mbit/s. */
  networkMbps: z.number().positive(),
  /** Watts at the wall, idle and under full load. */
  idleWatts: z.number().positive(),
  peakWatts: z.number().positive(),
  /** Degrees Celsius at which it slows itself down. Default 85. */
  throttleCelsius: z.number().positive().optional(),
  disks: z.array(DiskSchema).min(1, 'a machine needs at least one disk'),
});
export type Compute = z.output<typeof ComputeSchema>;

export const ModuleSchema = strict({ kind: z.literal('module'), ...ComputeSchema.shape });

/** A compute module for a slot of a carrier board. Make one with {@link rk1} or {@link cm4}. */
export type Module = z.output<typeof ModuleSchema>;

/**
 * Turing RK1: Rockchip RK3588, 4 Cortex-A76 and 4 Cortex-A55 cores, 8, 16 or 32 GB LPDDR4, 32 GB eMMC,
 * gigabit Ethernet (docs.turingpi.com, "Turing RK1 specs"). Watts: the reference architecture's range of
 * 5 to 15 W a node. It slows down at 85 degrees (passive trip points of rk3588-base.dtsi in Linux).
 * @param memory Which of the three is fitted.
 * @param disks Disks besides the soldered eMMC; the first NVMe carries the data.
 * @example rk1({ memory: '32GB', disks: [nvme('1TB')] })
 */
export function rk1(options: { memory: '8GB' | '16GB' | '32GB'; disks?: Disk[] }): Module {
  // What is left over is kept, so that validation can name a misspelt key.
  const { disks = [], ...rest } = options;
  return marked({
    ...rest,
    kind: 'module',
    model: 'rk1',
    arch: 'arm64',
    cores: 8,
    networkMbps: 1000,
    idleWatts: 5,
    peakWatts: 15,
    throttleCelsius: 85,
    disks: [emmc('32GB'), ...disks],
  });
}

/**
 * Raspberry Pi Compute Module 4: BCM2711, 4 Cortex-A72 cores, 1 to 8 GB LPDDR4, gigabit Ethernet
 * (datasheets.raspberrypi.com, "Compute Module 4 datasheet": typical 1.4 A peak at 5 V, idle about 0.4 A).
 * It slows down at 80 degrees, as all Raspberry Pis do (raspberrypi.com/documentation, "Frequency management").
 * @param emmc Size of the soldered flash; leave it out for a CM4 Lite.
 * @example cm4({ memory: '8GB', emmc: '32GB', disks: [nvme('512GB')] })
 */
export function cm4(options: {
  memory: '1GB' | '2GB' | '4GB' | '8GB';
  emmc?: '8GB' | '16GB' | '32GB';
  disks?: Disk[];
}): Module {
  const { emmc: size, disks = [], ...rest } = options;
  const flash = size === undefined ? [] : [emmc(size)];
  return marked({
    ...rest,
    kind: 'module',
    model: 'cm4',
    arch: 'arm64',
    cores: 4,
    networkMbps: 1000,
    idleWatts: 2,
    peakWatts: 7,
    throttleCelsius: 80,
    disks: [...flash, ...disks],
  });
}
