import { stringify } from 'yaml';
import { sha256 } from '../../util/index.ts';

/** Board support that Talos' image factory builds in (github.com/siderolabs, sbc-rockchip and sbc-raspberrypi). */
const OVERLAYS: Readonly<Record<string, { image: string; name: string }>> = {
  rk1: { image: 'siderolabs/sbc-rockchip', name: 'turingrk1' },
  cm4: { image: 'siderolabs/sbc-raspberrypi', name: 'rpi_generic' },
  'raspberry-pi-4': { image: 'siderolabs/sbc-raspberrypi', name: 'rpi_generic' },
};

/** What the image factory is asked for, and the installer that it gives. */
export interface Schematic {
  readonly id: string;
  readonly text: string;
  /** Image without a tag; the tag is the Talos version. */
  readonly installer: string;
}

/**
 * The schematic of a machine. Its id is the SHA-256 of its canonical text, so it is known without asking: an upgrade
 * with the plain installer would lose the board's overlay and all extensions.
 */
export function schematic(model: string, extensions: readonly string[]): Schematic {
  const overlay = OVERLAYS[model];
  const customization =
    extensions.length === 0 ? {} : { systemExtensions: { officialExtensions: extensions } };
  const text = stringify(overlay === undefined ? { customization } : { overlay, customization }, {
    indent: 4,
  });
  const id = sha256(text);
  return { id, text, installer: `factory.talos.dev/metal-installer/${id}` };
}
