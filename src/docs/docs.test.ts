import { describe, expect, it } from 'vitest';
import { htmlOf } from './html.ts';
import { livePage, livePath } from './live.ts';
import { mermaid, table } from './markdown.ts';

const html = (markdown: string, path = 'architecture.md') =>
  htmlOf(markdown, path, (other) => `#/docs/${other}`);

describe('a page as HTML', () => {
  it('shows tags of the text as text', () => {
    expect(html('a <script>alert(1)</script> b')).toBe('<p>a &lt;script&gt;alert(1)&lt;/script&gt; b</p>\n');
    expect(html('<img src=x onerror=alert(1)>')).not.toContain('<img');
  });

  it('leads to other pages of it, to the web, and nowhere else', () => {
    expect(html('[n](network.md)')).toContain('<a href="#/docs/network.md">n</a>');
    expect(html('[n](../network.md)', 'operations/upgrades.md')).toContain('"#/docs/network.md"');
    expect(html('[w](https://example.org)')).toContain('<a href="https://example.org">w</a>');
    expect(html('[x](javascript:alert(1))')).not.toContain('href="javascript');
  });

  it('has tables whose first cell names the row', () => {
    const text = html(table(['Node', 'Role'], [['pi|1', 'worker']]));
    expect(text).toContain('<th scope="col">Node</th><th scope="col">Role</th>');
    expect(text).toContain('<tr><th scope="row">pi|1</th><td>worker</td></tr>');
  });

  it('draws diagrams, and tells them to those who do not see them', () => {
    const text = html(
      mermaid({
        direction: 'LR',
        groups: [
          { title: 'Edge', boxes: [{ id: 'router', label: 'Router "A" <1>' }] },
          { title: 'Cluster', boxes: [{ id: 'lb', label: 'MetalLB' }] },
          { title: 'Nothing', boxes: [] },
        ],
        arrows: [
          ['router', 'lb', 'ARP'],
          ['lb', 'elsewhere'],
          ['lb', 'lb', 'itself'],
        ],
      }),
    );
    expect(text).toContain(
      '<svg role="img" aria-label="Router &quot;A&quot; &lt;1&gt;; MetalLB, from Router',
    );
    expect(text.match(/<rect/g)).toHaveLength(2);
    expect(text.match(/<path class="edge"/g)).toHaveLength(1);
    expect(text).toContain('>Edge</text>');
    expect(text).not.toContain('style=');
  });
});

describe('what a cluster said', () => {
  it('is written down with the time, what was at fault and what was not ready', () => {
    const page = livePage(
      {
        name: 'lab',
        connected: true,
        ready: false,
        blockedByCharts: false,
        causes: [{ object: 'Deployment/web/web', message: 'violates\n PodSecurity', chart: false }],
        objects: [
          { kind: 'Node', namespace: undefined, name: 'pi', state: 'ready', message: '' },
          { kind: 'Pod', namespace: 'web', name: 'web-1', state: 'waiting', message: 'Pending' },
          {
            kind: 'Service',
            namespace: 'web',
            name: 'web',
            state: 'ready',
            message: '',
            address: '10.0.0.9',
          },
        ],
      },
      new Date('2026-11-25T12:00:00Z'),
    );
    expect(livePath('lab')).toBe('docs/operations/status-lab.md');
    expect(page).toContain('Read at 2026-11-25T12:00:00.000Z. 1 object was not ready.');
    expect(page).toContain('| Node | 1 | 1 |');
    expect(page).toContain('- **Deployment/web/web**: violates PodSecurity');
    expect(page).toContain('| Pod web/web-1 | waiting | Pending |');
    expect(page).toContain('| web/web | 10.0.0.9 |');
  });
});
