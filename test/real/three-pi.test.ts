import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, NOWHERE, Up } from './support.ts';

describe('the example with three Raspberry Pi 5, without charts and without Internet, but with a lock', () => {
  let up: Up;
  beforeAll(async () => {
    const empty = await mkdtemp(join(tmpdir(), 'homeplane-no-charts-'));
    const folder = await copyOf('examples/three-pi/homelab.ts');
    up = new Up(folder, ['--exit-when-ready', '--timeout', '200'], { ...NOWHERE, HOMEPLANE_CHARTS: empty });
  });
  afterAll(() => up.signal('SIGKILL'));

  it('converges with stand-in charts, which is said, and exits with 0', async () => {
    expect(await up.exited, up.stderr).toBe(0);
    const nodes = up.events.filter(
      (event) => event.type === 'object' && event['kind'] === 'Node' && event['state'] === 'ready',
    );
    expect(new Set(nodes.map((event) => event['name']))).toEqual(new Set(['pi-1', 'pi-2', 'pi-3']));
    expect(up.events).toContainEqual(
      expect.objectContaining({ type: 'object', kind: 'Service', name: 'traefik', address: '10.20.1.10' }),
    );
    const said = up.events.filter(
      (event) => event.type === 'log' && String(event['message']).includes('stand-in charts'),
    );
    expect(said.length).toBeGreaterThan(3);
  });
});
