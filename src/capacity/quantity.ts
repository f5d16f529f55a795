const FACTORS: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A Kubernetes quantity as a plain number: cores, bytes. What is not there or no quantity asks for nothing. */
export function quantity(value: unknown): number {
  if (typeof value === 'number') return value;
  const [, amount, unit = ''] = /^([\d.]+)([a-zA-Z]*)$/.exec(typeof value === 'string' ? value : '') ?? [];
  return amount === undefined
    ? 0
    : Number(amount) * (unit === '' ? 1 : Object.hasOwn(FACTORS, unit) ? (FACTORS[unit] ?? 0) : 0);
}
