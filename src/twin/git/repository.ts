import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Tree } from '../../compile/index.ts';
import { exists, Fault } from '../../util/index.ts';

/** The user's Git settings (hooks, signing, helpers) have no part in the twin's own repository. */
const ENVIRONMENT = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' };

/** A bare repository that holds the compiled tree, one commit for each time it changed. */
export class TreeRepository {
  readonly folder: string;
  readonly #branch: string;

  private constructor(folder: string, branch: string) {
    this.folder = folder;
    this.#branch = branch;
  }

  /** Opens or makes it. @throws Fault HP1304 when there is no git. */
  static async open(folder: string, branch: string): Promise<TreeRepository> {
    const repository = new TreeRepository(folder, branch);
    if (!(await exists(join(folder, 'HEAD')))) {
      await mkdir(folder, { recursive: true });
      await repository.#git(['init', '--quiet', '--bare', `--initial-branch=${branch}`, folder]);
    }
    return repository;
  }

  /**
   * Makes the tree the branch's content.
   * @param prefix Folder of the repository that the tree goes to, `.` for its root.
   * @returns the commit that the branch is at, new or not.
   */
  async commit(tree: Tree, prefix: string, message: string): Promise<string> {
    const branch = `refs/heads/${this.#branch}`;
    const previous = await this.#revision(branch);
    const seconds = Math.floor(Date.now() / 1000);
    const stream = [
      'commit refs/homeplane/next\n',
      `committer homeplane <homeplane@localhost> ${seconds} +0000\n`,
      data(message),
      previous === undefined ? '' : `from ${previous}\n`,
      'deleteall\n',
      ...[...tree].flatMap(([path, content]) => [
        `M 100644 inline ${prefix === '.' ? path : `${prefix}/${path}`}\n`,
        data(content),
      ]),
    ].join('');
    await this.#git(['-C', this.folder, 'fast-import', '--quiet', '--force'], stream);
    const next = await this.#revision('refs/homeplane/next');
    if (next === undefined) throw new Error('git fast-import left no commit');
    if (previous !== undefined && (await this.#sameTree(previous, next))) return previous;
    await this.#git(['-C', this.folder, 'update-ref', branch, next]);
    return next;
  }

  async #sameTree(a: string, b: string): Promise<boolean> {
    const trees = await this.#git(['-C', this.folder, 'rev-parse', `${a}^{tree}`, `${b}^{tree}`]);
    const [left, right] = trees.trim().split('\n');
    return left === right;
  }

  async #revision(reference: string): Promise<string | undefined> {
    const { stdout, exitCode } = await execa(
      'git',
      ['-C', this.folder, 'rev-parse', '--verify', '--quiet', reference],
      {
        env: ENVIRONMENT,
        reject: false,
      },
    );
    return exitCode === 0 ? stdout.trim() : undefined;
  }

  async #git(args: readonly string[], input?: string): Promise<string> {
    const result = await execa('git', args, {
      env: ENVIRONMENT,
      reject: false,
      ...(input === undefined ? {} : { input }),
    });
    if (result.code === 'ENOENT') throw new Fault('HP1304', 'it is not on PATH');
    if (result.failed) throw new Error(`git ${args.join(' ')}: ${result.stderr}`);
    return result.stdout;
  }
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
