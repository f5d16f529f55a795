import { describe, expect, it } from 'vitest';
import { readAssets } from '../../src/status/index.ts';

describe('the page as it is sent', () => {
  it('is less than 100 kB, compressed', async () => {
    const assets = [...(await readAssets()).values()];
    expect(assets.length).toBeGreaterThan(2);
    expect(assets.reduce((sum, { gzipped }) => sum + gzipped.length, 0)).toBeLessThan(100_000);
  });

  it('loads nothing from anywhere else, and runs nothing inline', async () => {
    const assets = await readAssets();
    const text = (path: string) => new TextDecoder().decode(assets.get(path)?.body);
    const html = text('/index.html');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    for (const path of assets.keys()) {
      const addresses = [...text(path).matchAll(/https?:\/\/[\w.-]+/g)].map(([address]) => address);
      // Names of XML are no addresses, and `https://` alone begins one of the user's own.
      expect(
        addresses.filter((address) => !address.endsWith('www.w3.org')),
        path,
      ).toEqual([]);
    }
  });
});
