import { expect, it } from 'vitest';
import { soundDefinition } from '../../../test/support/definition.ts';
import { readHomelab } from '../../model/index.ts';
import { compile } from '../compile.ts';

function tree(path?: string): ReadonlyMap<string, string> {
  const definition = soundDefinition();
  if (path !== undefined) definition.git.path = path;
  const { homelab } = readHomelab(definition);
  if (homelab === undefined) throw new Error('the definition is not sound');
  return compile(homelab);
}

it('builds the image of the page where a cluster has it, beside package.json, for both architectures', () => {
  const files = tree('lab');
  const workflow = files.get('.github/workflows/homelab.yaml');
  expect(workflow).toContain('tags: git.example.org/me/lab/status-page:');
  expect(workflow).toMatch(/context: ["']?\.["']?\n/);
  expect(workflow).toContain('file: lab/status-page/Dockerfile');
  expect(workflow).toContain('linux/arm64,linux/amd64');
  expect(files.get('status-page/Dockerfile')).toContain('USER 1000:1000');
  expect(files.get('clusters/lab/monitoring/status-page/objects.yaml')).toContain(
    'image: git.example.org/me/lab/status-page:',
  );
});
