import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidrContains, formatIp, parseCidr, parseIp, parseRange, rangesOverlap } from './ip.ts';

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('addresses', () => {
  it('reads back what it writes', () => {
    fc.assert(fc.property(address, (value) => parseIp(formatIp(value)) === value));
  });

  it.each(['', '1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4/8', 'a.b.c.d'])('refuses %j', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });
});

describe('networks', () => {
  it('knows the ends', () => {
    expect(parseCidr('10.42.0.0/16')).toEqual({
      first: parseIp('10.42.0.0'),
      last: parseIp('10.42.255.255'),
      prefix: 16,
    });
  });

  it.each(['10.42.0.1/16', '10.42.0.0/33', '10.42.0.0', '10.42.0.0/'])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it('contains its halves and not its double', () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 1, max: 31 }), (value, prefix) => {
        const size = 2 ** (32 - prefix);
        const network = parseCidr(`${formatIp(value - (value % size))}/${prefix}`);
        if (network === undefined) return false;
        const half = { first: network.first, last: network.first + size / 2 - 1 };
        const double = { first: network.first, last: network.first + size * 2 - 1 };
        return (
          cidrContains(network, half) && !cidrContains(network, double) && rangesOverlap(network, double)
        );
      }),
    );
  });
});

describe('ranges', () => {
  it.each([
    ['192.168.1.160-192.168.1.179', 20],
    ['192.168.1.160-179', 20],
    ['192.168.1.7', 1],
    ['192.168.1.0/28', 16],
  ])('reads %s', (text, size) => {
    const range = parseRange(text);
    expect(range && range.last - range.first + 1).toBe(size);
  });

  it.each(['192.168.1.9-192.168.1.3', '192.168.1.9-3', '192.168.1.9-300', 'x-y'])('refuses %j', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });
});
