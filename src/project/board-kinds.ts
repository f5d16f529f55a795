/** Boards that `homeplane init` knows how to write down. */
export const BOARD_KINDS = {
  'turing-pi-2': {
    label: 'Turing Pi 2 with RK1 modules',
    most: 4,
    memory: ['8GB', '16GB', '32GB'],
    disks: [{ factory: 'nvme', size: '1TB' }],
  },
  'raspberry-pi-5': {
    label: 'Raspberry Pi 5',
    most: 20,
    memory: ['8GB', '4GB', '16GB', '2GB'],
    disks: [{ factory: 'nvme', size: '1TB' }],
  },
  'raspberry-pi-4': {
    label: 'Raspberry Pi 4 Model B',
    most: 20,
    memory: ['8GB', '4GB', '2GB'],
    disks: [
      { factory: 'microSd', size: '64GB' },
      { factory: 'usbSsd', size: '1TB' },
    ],
  },
} as const;
export type BoardKind = keyof typeof BOARD_KINDS;
