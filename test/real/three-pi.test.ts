import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, Up } from './support.ts';

describe('the example with three Raspberry Pi 5', () => {
  let up: Up;
  beforeAll(async () => {
    up = new Up(await copyOf('examples/three-pi/homelab.ts'), ['--exit-when-ready', '--timeout', '200']);
  });
  afterAll(() => up.signal('SIGKILL'));

  it('converges and exits with 0', async () => {
    expect(await up.exited, up.stderr).toBe(0);
    const nodes = up.events.filter(
      (event) => event.type === 'object' && event['kind'] === 'Node' && event['state'] === 'ready',
    );
    expect(new Set(nodes.map((event) => event['name']))).toEqual(new Set(['pi-1', 'pi-2', 'pi-3']));
    expect(up.events).toContainEqual(
      expect.objectContaining({ type: 'object', kind: 'Service', name: 'traefik', address: '10.20.1.10' }),
    );
  });
});
