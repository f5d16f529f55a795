/** Bytes in one GiB; memory modules are sold in these even where the box says GB. */
export const GIB = 2 ** 30;

const DECIMAL: Record<string, number> = { MB: 1e6, GB: 1e9, TB: 1e12, MiB: 2 ** 20, GiB: GIB, TiB: 2 ** 40 };

/** Bytes of a size such as `256GB`, `1TB`, `512MiB`; undefined when it is not one. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]i?B)$/.exec(text.trim());
  const unit = DECIMAL[match?.[2] ?? ''];
  return match === null || unit === undefined ? undefined : Math.round(Number(match[1]) * unit);
}

/** Bytes as a Kubernetes quantity in whole MiB. */
export function toKubernetesMemory(bytes: number): string {
  const mib = Math.floor(bytes / 2 ** 20);
  return mib % 1024 === 0 ? `${mib / 1024}Gi` : `${mib}Mi`;
}

/** A Kubernetes quantity times a factor, with its unit: `100m` times 10 is `1000m`. */
export function scaleQuantity(quantity: string, factor: number): string {
  const [, amount = '0', unit = ''] = /^([\d.]+)(\D*)$/.exec(quantity) ?? [];
  return `${Number((Number(amount) * factor).toPrecision(6))}${unit}`;
}
