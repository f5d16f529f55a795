import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { copyOf, program, ROOT } from './support.ts';

const TOKEN = 'canary-7f3a';
const CLOUDFLARE = 'secrets/lab/cert-manager/cloudflare-api-token.yaml';

describe('homeplane secrets', () => {
  let folder: string;
  let config: string;
  const said: string[] = [];
  const secrets = async (args: readonly string[], input = '') => {
    const { exitCode, stdout, stderr } = await execa('node', [join(ROOT, 'dist/cli/main.js'), ...args], {
      cwd: folder,
      reject: false,
      input,
      env: { NO_COLOR: '1', XDG_CONFIG_HOME: config },
    });
    said.push(stdout, stderr);
    return { exitCode, stdout };
  };
  const keyFile = () => join(config, 'homeplane/keys/three-pi/lab.agekey');
  const decrypt = async (file: string) => {
    const { stdout } = await execa(await program('sops'), ['decrypt', join(folder, file)], {
      env: { SOPS_AGE_KEY_FILE: keyFile() },
    });
    return (parse(stdout) as { stringData: Record<string, string> }).stringData;
  };
  beforeAll(async () => {
    folder = await copyOf('examples/three-pi/homelab.ts');
    config = await mkdtemp(join(tmpdir(), 'homeplane-config-'));
    await execa('git', ['init', '--quiet'], { cwd: folder });
  });

  it('init makes a key that only its owner can read, and what nobody needs to choose', async () => {
    const { exitCode, stdout } = await secrets(['secrets', 'init']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('to set: homeplane secrets set lab cert-manager/cloudflare-api-token api-token');
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
    const login = await decrypt('secrets/lab/traefik/dashboard-users.yaml');
    expect(login['users']).toMatch(/^admin:\$2[aby]\$10\$/);
    expect(login['password']).toMatch(/^[\w-]{24}$/);
  });

  it('says what is still missing, as a finding too', async () => {
    expect((await secrets(['secrets', 'check'])).exitCode).toBe(1);
    const { stdout } = await secrets(['check']);
    expect(stdout).toContain('cluster lab lacks secrets: cert-manager/cloudflare-api-token (api-token)');
  });

  it('set encrypts what it reads from standard input', async () => {
    await secrets(['secrets', 'set', 'lab', 'cert-manager/cloudflare-api-token', 'api-token'], `${TOKEN}\n`);
    expect(await decrypt(CLOUDFLARE)).toEqual({ 'api-token': TOKEN });
    expect((await secrets(['secrets', 'check'])).exitCode).toBe(0);
    expect((await secrets(['check'])).exitCode).toBe(0);
  });

  it('build takes them over into the tree, for Flux to decrypt', async () => {
    await secrets(['build']);
    const tree = join(folder, 'clusters/lab/security/cert-manager');
    const secret = await readFile(join(tree, 'secret-cloudflare-api-token.yaml'), 'utf8');
    expect(secret).toBe(await readFile(join(folder, CLOUDFLARE), 'utf8'));
    expect(await readFile(join(tree, 'kustomization.yaml'), 'utf8')).toContain(
      'secret-cloudflare-api-token.yaml',
    );
  });

  it('rotate makes values anew, or the key with the values kept', async () => {
    const before = await decrypt('secrets/lab/traefik/dashboard-users.yaml');
    await secrets(['secrets', 'rotate', 'lab', 'traefik/dashboard-users']);
    expect((await decrypt('secrets/lab/traefik/dashboard-users.yaml'))['password']).not.toBe(
      before['password'],
    );
    const [, recipient] = (await readFile(join(folder, '.sops.yaml'), 'utf8')).split('age: ');
    await secrets(['secrets', 'rotate', 'lab', '--key']);
    expect(await readFile(join(folder, '.sops.yaml'), 'utf8')).not.toContain(recipient);
    expect(await decrypt(CLOUDFLARE)).toEqual({ 'api-token': TOKEN });
    expect((await secrets(['secrets', 'check'])).exitCode).toBe(0);
  });

  it('refuses to commit what is in the clear, or a private key', async () => {
    expect((await secrets(['secrets', 'check', '--commit'])).exitCode).toBe(0);
    await writeFile(join(folder, 'notes.txt'), await readFile(keyFile(), 'utf8'));
    await execa('git', ['add', 'notes.txt'], { cwd: folder });
    expect((await secrets(['secrets', 'check', '--commit'])).stdout).toContain(
      'notes.txt holds a private age key',
    );
    await execa('git', ['rm', '--quiet', '--force', 'notes.txt'], { cwd: folder });
    const clear = 'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nstringData: {api-token: open}\n';
    await writeFile(join(folder, CLOUDFLARE), clear);
    const { exitCode, stdout } = await secrets(['check']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('error SEC004');
  });

  it('never says a value', async () => {
    const all = said.join('\n');
    expect(all).not.toContain(TOKEN);
    expect(all).not.toContain('AGE-SECRET-KEY-');
  });
});
