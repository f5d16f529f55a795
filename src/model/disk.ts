import { z } from 'zod';
import { marked } from './position.ts';
import { byteSize, oneOf, strict } from './schema.ts';

/**
 * What kinds of disks are like when their maker says nothing better.
 *
 * - `writesPerByte`: how many times the whole capacity can be written before the endurance is used up.
 *   NVMe and SATA SSD: 600 TBW for 1 TB and 360 TBW for 1 TB, the warranties of Samsung 970 EVO Plus
 *   (data sheet rev. 3.0) and Crucial BX500 (product flyer). eMMC: about 3,000 program/erase cycles for
 *   MLC flash divided by a write amplification of 4 (JEDEC JESD84-B51 leaves it to the maker). microSD:
 *   the SD Association publishes no figure; 100 is the order that high-endurance cards' recording hours give.
 * - `sequentialMBps`, `randomWriteIops`: sustained figures to plan with. NVMe on one PCIe 2.1 lane of a
 *   carrier is bound to about 400 MB/s; USB 3.0 to about 350 MB/s; eMMC 5.1 HS400 sustained about 150 MB/s;
 *   microSD application class A2: 2,000 random write IOPS and 10 MB/s sustained (SD Physical Layer 6.0).
 */
const KINDS = {
  nvme: { device: '/dev/nvme0n1', writesPerByte: 600, sequentialMBps: 400, randomWriteIops: 50_000 },
  'usb-ssd': { device: '/dev/sda', writesPerByte: 360, sequentialMBps: 350, randomWriteIops: 10_000 },
  emmc: { device: '/dev/mmcblk0', writesPerByte: 750, sequentialMBps: 150, randomWriteIops: 4_000 },
  'micro-sd': { device: '/dev/mmcblk0', writesPerByte: 100, sequentialMBps: 10, randomWriteIops: 2_000 },
} as const;

/** What may be said of a disk besides its kind and size. */
interface DiskOptions {
  /** Block device on the node. Default: the first of its kind, such as `/dev/nvme0n1`. */
  device?: string;
  /** Terabytes that may be written in its life (TBW), from its data sheet. Default: typical of its kind. */
  enduranceTbw?: number;
  /** Sustained sequential write speed in MB/s. Default: typical of its kind on these boards. */
  sequentialMBps?: number;
}

export const DiskSchema = strict({
  kind: oneOf(['nvme', 'usb-ssd', 'emmc', 'micro-sd']),
  size: byteSize,
  device: z.string().regex(/^\/dev\//, 'a block device such as "/dev/nvme0n1"'),
  enduranceTbw: z.number().positive(),
  sequentialMBps: z.number().positive(),
  randomWriteIops: z.number().positive(),
});

/** A disk of a module or board. Make one with {@link nvme}, {@link usbSsd}, {@link emmc} or {@link microSd}. */
export type Disk = z.output<typeof DiskSchema>;

function disk(kind: keyof typeof KINDS, size: string, options: DiskOptions = {}): Disk {
  const { writesPerByte, ...typical } = KINDS[kind];
  const terabytes = Number.parseFloat(size) * (size.endsWith('TB') ? 1 : 1e-3);
  return marked({ kind, size, enduranceTbw: Math.max(1, terabytes * writesPerByte), ...typical, ...options });
}

/** An NVMe SSD. @example nvme('1TB') */
export function nvme(size: string, options?: DiskOptions): Disk {
  return disk('nvme', size, options);
}

/** An SSD on USB 3. @example usbSsd('1TB') */
export function usbSsd(size: string, options?: DiskOptions): Disk {
  return disk('usb-ssd', size, options);
}

/** Soldered eMMC flash. @example emmc('32GB') */
export function emmc(size: string, options?: DiskOptions): Disk {
  return disk('emmc', size, options);
}

/** A microSD card: slow, and worn out by writes. @example microSd('256GB') */
export function microSd(size: string, options?: DiskOptions): Disk {
  return disk('micro-sd', size, options);
}
