import ipaddr from 'ipaddr.js';

/** An IPv4 range, both ends included, as unsigned 32-bit numbers. */
export interface IpRange {
  readonly first: number;
  readonly last: number;
}

/** An IPv4 network with its prefix length. */
export interface Cidr extends IpRange {
  readonly prefix: number;
}

/** An IPv4 address as an unsigned 32-bit number, or undefined if it is not one in dotted-quad form. */
export function parseIp(text: string): number | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined;
  return ipaddr.IPv4.parse(text)
    .toByteArray()
    .reduce((value, byte) => value * 256 + byte, 0);
}

export function formatIp(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

/** A network such as `10.42.0.0/16`; undefined when it is malformed or has host bits set. */
export function parseCidr(text: string): Cidr | undefined {
  const [address, length] = text.split('/');
  const base = parseIp(address ?? '');
  if (base === undefined || length === undefined || !/^\d{1,2}$/.test(length)) return undefined;
  const prefix = Number(length);
  if (prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  return base % size === 0 ? { first: base, last: base + size - 1, prefix } : undefined;
}

/** `A-B`, `A-N` (last octet), one address, or a CIDR; undefined when malformed or backwards. */
export function parseRange(text: string): IpRange | undefined {
  if (text.includes('/')) return parseCidr(text);
  const [from, to] = text.split('-').map((part) => part.trim());
  const first = parseIp(from ?? '');
  if (first === undefined) return undefined;
  if (to === undefined) return { first, last: first };
  const last = /^\d{1,3}$/.test(to)
    ? parseIp(`${from?.split('.').slice(0, 3).join('.')}.${to}`)
    : parseIp(to);
  return last === undefined || last < first ? undefined : { first, last };
}

export function ipInRange(ip: number, range: IpRange): boolean {
  return ip >= range.first && ip <= range.last;
}

export function rangesOverlap(a: IpRange, b: IpRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Whether the outer network holds the whole of the inner range. */
export function cidrContains(outer: IpRange, inner: IpRange): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}
