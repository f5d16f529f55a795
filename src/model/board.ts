import { z } from 'zod';
import type { Disk } from './disk.ts';
import { type Compute, ComputeSchema, type Module, ModuleSchema } from './module.ts';
import { marked } from './position.ts';
import { dnsLabel, ipAddress, oneOf, strict } from './schema.ts';

const CarrierSchema = strict({
  kind: z.literal('carrier'),
  model: oneOf(['turing-pi-2']),
  name: dnsLabel,
  /** Address of the board management controller. */
  bmc: ipAddress.optional(),
  slotCount: z.number().int().positive(),
  slots: z.record(z.string(), ModuleSchema),
  /** Watts of the board itself, without modules. */
  idleWatts: z.number().positive(),
});

const SingleSchema = strict({ kind: z.literal('single'), name: dnsLabel, compute: ComputeSchema });

export const BoardSchema = z.discriminatedUnion('kind', [CarrierSchema, SingleSchema]);

/** A board: a carrier with slots, or a computer of its own. */
export type Board = z.output<typeof BoardSchema>;

/** A carrier board; its modules are reached with {@link slot}. */
export type Carrier = z.output<typeof CarrierSchema>;

/** A single-board computer or any other single machine. */
export type Single = z.output<typeof SingleSchema>;

export const SlotSchema = strict({ board: dnsLabel, slot: z.number().int().positive() });

/** A slot of a carrier board, as `node(..., { on: slot(turing, 1) })` wants it. */
export type SlotRef = z.output<typeof SlotSchema>;

/**
 * A Turing Pi 2: four module slots, a board management controller, an Ethernet switch with gigabit to each
 * slot (docs.turingpi.com, "Turing Pi 2 specs"). The board itself draws about 5 W without modules, measured
 * by its users at the wall; no figure is published.
 * @param name Name of the board, unique in the homelab.
 * @example turingPi2('turing', { bmc: '192.168.1.10', slots: { 1: rk1({ memory: '32GB' }) } })
 */
export function turingPi2(
  name: string,
  options: { bmc?: string; slots: { 1?: Module; 2?: Module; 3?: Module; 4?: Module } },
): Carrier {
  const slots: Record<string, Module> = {};
  for (const [key, module] of Object.entries(options.slots)) if (module !== undefined) slots[key] = module;
  return marked({
    ...options,
    kind: 'carrier',
    model: 'turing-pi-2',
    name,
    slotCount: 4,
    slots,
    idleWatts: 5,
  });
}

/** The module in a slot of a carrier board. @example slot(turing, 1) */
export function slot(board: Carrier, number: 1 | 2 | 3 | 4): SlotRef {
  return marked({ board: board.name, slot: number });
}

/**
 * Raspberry Pi 4 Model B: BCM2711, 4 Cortex-A72 cores at 1.5 or 1.8 GHz, gigabit Ethernet. Watts: 0.6 A
 * typical and 1.28 A peak of the bare board at 5 V (raspberrypi.com/documentation, "Power supply"). It slows down
 * at 80 degrees ("Frequency management and thermal control" there).
 * @example raspberryPi4('pi', { memory: '8GB', disks: [microSd('256GB'), usbSsd('1TB')] })
 */
export function raspberryPi4(
  name: string,
  options: { memory: '1GB' | '2GB' | '4GB' | '8GB'; disks: Disk[] },
): Single {
  return pi(name, { ...options, model: 'raspberry-pi-4', cores: 4, idleWatts: 3, peakWatts: 6.4 });
}

/**
 * Raspberry Pi 5: BCM2712, 4 Cortex-A76 cores at 2.4 GHz, gigabit Ethernet. Watts: 0.8 A typical of the bare
 * board at 5 V, 12 W peak under CPU stress (raspberrypi.com/documentation, "Power supply").
 * @example raspberryPi5('pi-1', { memory: '8GB', disks: [nvme('512GB')] })
 */
export function raspberryPi5(
  name: string,
  options: { memory: '2GB' | '4GB' | '8GB' | '16GB'; disks: Disk[] },
): Single {
  return pi(name, { ...options, model: 'raspberry-pi-5', cores: 4, idleWatts: 4, peakWatts: 12 });
}

function pi(
  name: string,
  facts: Pick<Compute, 'model' | 'cores' | 'memory' | 'idleWatts' | 'peakWatts' | 'disks'>,
): Single {
  const common = { arch: 'arm64', networkMbps: 1000, throttleCelsius: 80 } as const;
  return marked({ kind: 'single', name, compute: { ...common, ...facts } });
}

/**
 * Any other single machine; every figure is yours, from its data sheet.
 * @example machine('nuc', { model: 'nuc-13', arch: 'amd64', cores: 8, memory: '32GB', networkMbps: 2500,
 *   idleWatts: 8, peakWatts: 40, disks: [nvme('1TB')] })
 */
export function machine(name: string, compute: Compute): Single {
  return marked({ kind: 'single', name, compute });
}
