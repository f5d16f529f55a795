import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BOARD_KINDS } from '../../src/project/board-kinds.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const MAIN = join(ROOT, 'dist/cli/main.js');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeplane-cli-'));
});

/** Runs the built command line as a user would, in an empty folder. */
async function homeplane(...args: string[]) {
  const { exitCode, stdout, stderr } = await execa('node', [MAIN, ...args], {
    cwd: folder,
    reject: false,
    stdin: 'ignore',
    env: { NO_COLOR: '1', LC_ALL: 'C' },
  });
  return { exitCode, stdout, stderr };
}

const COMMANDS = [
  'init',
  'check',
  'explain',
  'build',
  'compare',
  'diff',
  'verify',
  'lock',
  'capacity',
  'docs',
  'compliance',
  'images',
  'secrets',
  'up',
  'status',
  'down',
  'kubeconfig',
  'doctor',
];

describe('help', () => {
  it('lists every command', async () => {
    const { stdout, exitCode } = await homeplane('--help');
    for (const command of COMMANDS) expect(stdout).toContain(`  ${command}`);
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining('Exit codes: 0 fine, 1 findings, 2 usage, 3 fault.'),
    ]);
  });

  it.each(COMMANDS)('of %s has examples', async (command) => {
    const { stdout, exitCode } = await homeplane(command, '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\n {2}homeplane ${command}`));
  });
});

describe('usage', () => {
  it.each([
    [['chek'], "unknown command 'chek'"],
    [['check', '--jsno'], "unknown option '--jsno'"],
    [['up', '--timeout', 'soon'], 'a number of seconds above 0'],
    [['up', '--port', 'web'], '--port web: a number from 0 to 65535'],
    [['kubeconfig'], "missing required argument 'cluster'"],
    [['init', 'x', '--yes', '--memory', '3GB'], '--memory 3GB: a raspberry-pi-5 has 8GB, 4GB, 16GB, 2GB'],
    [
      ['init', 'x', '--yes', '--domain', 'foo'],
      '--domain: "foo" is not a domain name such as "lab.example.org"',
    ],
    [['init', 'x', '--yes', '--domain', 'foo', '--count', '99'], '--count 99: at most 20 for raspberry-pi-5'],
    [['init', 'x', '--yes', '--subnet', '10.0.0.0/30'], '--subnet 10.0.0.0/30: a network of at least a /26'],
  ])('%j is refused with exit code 2 and a word that helps', async (args, message) => {
    const { exitCode, stderr, stdout } = await homeplane(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});

describe('docs', () => {
  beforeEach(async () => {
    const definition = join(ROOT, 'examples/three-pi/homelab.ts');
    await writeFile(join(folder, 'homelab.ts'), await readFile(definition, 'utf8'));
  });

  it('are named, and written where somebody says, a second time not again', async () => {
    expect((await homeplane('docs')).stdout).toContain('docs/operations/disaster-recovery.md\n');
    expect((await homeplane('docs', '--out', 'site')).stdout).toMatch(
      /^site: 14 written, 0 removed, 0 unchanged/,
    );
    expect(await readFile(join(folder, 'site/docs/hardware.md'), 'utf8')).toContain('| pi-1 | lab |');
    expect(await readFile(join(folder, 'site/mkdocs.yml'), 'utf8')).toContain('site_name: three-pi');
    expect((await homeplane('docs', '--out', 'site')).stdout).toMatch(
      /^site: 0 written, 0 removed, 14 unchanged/,
    );
  });

  it('of what a cluster says need a cluster', async () => {
    expect(await homeplane('docs', '--live', 'lab')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('HP1302') as string,
    });
    expect(await homeplane('docs', '--live', 'other')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('there are: lab') as string,
    });
  });
});

describe('status', () => {
  it('knows when it is not in a cluster', async () => {
    expect(await homeplane('status', '--in-cluster', '--serve')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('HP1311') as string,
    });
  });
});

describe('explain', () => {
  it('tells of rules and faults, and suggests what was meant', async () => {
    expect((await homeplane('explain', 'net008')).stdout).toMatch(
      /^NET008 NetworkPolicies that nobody enforces \(error\)\n {2}why: .*\n {2}fix: /,
    );
    expect((await homeplane('explain', 'HP1201')).stdout).toMatch(
      /^HP1201 a program cannot be had\n {2}fix: Either install Go/,
    );
    const unknown = await homeplane('explain', 'NET800');
    expect(unknown).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/there is no NET800, did you mean NET\d+\?/) as string,
    });
  });
});

describe('manifests beside a definition', () => {
  const definition = async () => {
    const text = await readFile(join(ROOT, 'examples/three-pi/homelab.ts'), 'utf8');
    const apps = "apps: [manifests('game', { folder: './game' })],\n  components:";
    return text
      .replace('components:', apps)
      .replace("} from 'homeplane'", "  manifests,\n} from 'homeplane'");
  };

  it('are taken over into the tree, in the namespace of the app', async () => {
    await writeFile(join(folder, 'homelab.ts'), await definition());
    await mkdir(join(folder, 'game'));
    const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  mode: easy\n';
    await writeFile(
      join(folder, 'game/settings.yaml'),
      `${object}---\n${object.replace('settings', 'more')}`,
    );
    const built = await homeplane('build');
    expect(built.exitCode).toBe(0);
    expect(built.stderr).toContain('secrets not there yet: `homeplane secrets init`');
    const written = await readFile(join(folder, 'clusters/lab/apps/game/objects.yaml'), 'utf8');
    expect(written.match(/namespace: game/g)?.length).toBe(2);
  });

  it.each([
    [undefined, 'there is no such folder'],
    ['kind: ConfigMap\n', 'an object needs apiVersion, kind and metadata.name'],
    ['a: [\n', 'game/x.yaml: '],
  ])('%j is a fault that names the file', async (content, message) => {
    await writeFile(join(folder, 'homelab.ts'), await definition());
    if (content !== undefined) {
      await mkdir(join(folder, 'game'));
      await writeFile(join(folder, 'game/x.yaml'), content);
    }
    const { exitCode, stderr } = await homeplane('check');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(message) as string,
    });
    expect(stderr).toContain('HP1004');
  });
});

describe('faults', () => {
  it.each<[string, string | undefined, string]>([
    ['HP1001', undefined, 'homelab.ts'],
    ['HP1002', 'export default {', 'homelab.ts'],
    ['HP1002', "throw new Error('my mistake')", 'my mistake'],
    ['HP1003', 'export const x = 1;', 'Default-export the result of defineHomelab'],
  ])('%s of %j says what to do, without a stack', async (code, definition, message) => {
    if (definition !== undefined) await writeFile(join(folder, 'homelab.ts'), definition);
    const { exitCode, stderr } = await homeplane('check');
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`fault ${code}`);
    expect(stderr).toContain(message);
    expect(stderr).toContain('  fix: ');
    expect(stderr).not.toContain('    at ');
  });

  it('of a twin that does not run are no crash', async () => {
    expect(await homeplane('down')).toMatchObject({ exitCode: 0, stdout: 'no twin is running here' });
    expect(await homeplane('kubeconfig', 'staging')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('HP1302') as string,
    });
  });
});

describe('init, check, build', () => {
  it.each(Object.keys(BOARD_KINDS))(
    'write a homelab of %s that has no findings, and compile it',
    async (board) => {
      const target = join(folder, 'my lab');
      const made = await homeplane(
        'init',
        target,
        '--board',
        board,
        '--count',
        '4',
        '--domain',
        'lab.example.org',
        '--yes',
      );
      expect(made).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await homeplane('check', '--definition', join(target, 'homelab.ts'))).toEqual({
        exitCode: 0,
        stdout: 'no findings',
        stderr: '',
      });
      const built = await homeplane('build', '--definition', join(target, 'homelab.ts'), '--json');
      const { written } = JSON.parse(built.stdout) as { written: string[] };
      expect(written).toContain('clusters/production/kustomization.yaml');
      const again = await homeplane('init', target, '--yes');
      expect(again).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('HP1401') as string });
    },
  );

  it('stop at an error, with the line of the definition', async () => {
    await homeplane('init', folder, '--yes');
    const file = join(folder, 'homelab.ts');
    await writeFile(
      file,
      (await readFile(file, 'utf8')).replace("domain: 'lab.example.org'", "domain: 'lab.example.com'"),
    );
    const { exitCode, stdout } = await homeplane('build');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^error NET009 .*\n {2}homelab\.ts:\d+:\d+\n {2}\d+ \| const production = cluster/,
    );
    const json = await homeplane('check', '--json');
    expect(json.exitCode).toBe(1);
    expect(
      (JSON.parse(json.stdout) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule),
    ).toEqual(['NET009']);
    expect((await homeplane('up')).exitCode).toBe(1);
  });

  it('count from the severity that is asked for', async () => {
    await homeplane('init', folder, '--yes');
    expect((await homeplane('check', '--fail-on', 'info')).exitCode).toBe(0);
    const file = join(folder, 'homelab.ts');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('pools: {', "pools: { spare: '192.168.1.2-3',"));
    expect((await homeplane('check')).exitCode).toBe(0);
    const strict = await homeplane('check', '--fail-on', 'warning', '--format', 'github');
    expect(strict).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/^::warning file=homelab\.ts,line=\d+,col=\d+,title=DEF005::/) as string,
    });
  });

  it('are looked for again when the definition is saved', async () => {
    await homeplane('init', folder, '--yes');
    const file = join(folder, 'homelab.ts');
    const text = await readFile(file, 'utf8');
    const child = execa('node', [MAIN, 'check', '--watch'], { cwd: folder, reject: false, all: true });
    let said = '';
    child.all.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const hears = (words: RegExp) =>
      vi.waitFor(() => expect(said).toMatch(words), { timeout: 20_000, interval: 50 });
    await hears(/no findings/);
    await writeFile(file, `${text}\nthis is not TypeScript`);
    await hears(/HP1002/);
    await writeFile(file, text.replace('pools: {', "pools: { spare: '192.168.1.2-3',"));
    await hears(/DEF005/);
    child.kill('SIGINT');
    // Of the last check: a warning.
    expect((await child).exitCode).toBe(0);
  });

  it('name every file that was edited by hand', async () => {
    await homeplane('init', folder, '--yes');
    await homeplane('build');
    for (const path of ['README.md', 'clusters/production/kustomization.yaml'])
      await writeFile(join(folder, path), 'edited');
    await writeFile(
      join(folder, 'homelab.ts'),
      (await readFile(join(folder, 'homelab.ts'), 'utf8'))
        .replaceAll('example.org', 'example.net')
        .replace('traefik()', 'traefik({ requestsPerSecond: 7 })'),
    );
    const { exitCode, stderr } = await homeplane('build');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('HP1101');
    expect(stderr).toContain('README.md, clusters/production/kustomization.yaml');
    expect((await homeplane('build', '--force')).exitCode).toBe(0);
  });
});

it('doctor shows every program, as a table and as JSON', async () => {
  const [table, json] = await Promise.all([homeplane('doctor'), homeplane('doctor', '--json')]);
  const { programs, cache } = JSON.parse(json.stdout) as {
    programs: { program: string; version: string; from: string }[];
    cache: string;
  };
  expect(programs.length).toBeGreaterThan(8);
  expect(table.stdout).toContain(cache);
  for (const { program, version, from } of programs)
    expect(table.stdout).toMatch(new RegExp(`^${program} +${version.replaceAll('.', '\\.')} +${from}`, 'm'));
});
