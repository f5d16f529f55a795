import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { check } from '../check/index.ts';
import type { ClusterPlan } from '../compile/index.ts';
import { LOCK_FILE, type Lock, readLock, renderedBy, staleReleases } from '../lock/index.ts';
import { type Finding, type Homelab, readHomelab } from '../model/index.ts';
import { exists, Fault } from '../util/index.ts';
import { readManifests } from './manifests.ts';
import { readSecrets } from './secrets.ts';
import { readVersions } from './versions.ts';

/** A definition that was loaded: the homelab when it can be read, and everything found wrong with it. */
export interface Loaded {
  readonly file: string;
  readonly homelab: Homelab | undefined;
  readonly findings: readonly Finding[];
  /** What the charts are, when that was recorded. */
  readonly lock: Lock | undefined;
}

// The library beside this file, compiled or as sources: a definition shares its instance, wherever it lies.
const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const LIBRARY = fileURLToPath(new URL(`../index.${EXTENSION}`, import.meta.url));

/**
 * Loads a definition anew, validates it and runs every rule over it.
 * @throws Fault HP1001 when there is no file, HP1002 when it does not run, HP1003 when it exports nothing.
 */
export async function loadDefinition(path: string): Promise<Loaded> {
  const file = resolve(path);
  if (!(await exists(file))) throw new Fault('HP1001', path);
  const definition = await evaluate(file);
  if (definition === undefined || definition === null) throw new Fault('HP1003', path);
  const folder = dirname(file);
  const [secrets, manifests, versions, lock] = await Promise.all([
    readSecrets(folder),
    readManifests(definition, folder),
    readVersions(folder),
    readLock(join(folder, LOCK_FILE)),
  ]);
  const { homelab, findings } = readHomelab(definition, { secrets, manifests, versions });
  const found =
    homelab === undefined
      ? findings
      : check(homelab, { today: today(), rendered: renderedBy(lock), unlocked: unlocked(lock) });
  return { file, homelab, findings: found, lock };
}

async function evaluate(file: string): Promise<unknown> {
  const jiti = createJiti(import.meta.url, {
    alias: { homeplane: LIBRARY },
    moduleCache: false,
  });
  try {
    const module = await jiti.import<{ default?: unknown }>(file);
    // Without a default export, asking for it would give the module itself.
    return 'default' in module ? module.default : undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Fault('HP1002', `${file}: ${message}`, { cause: error });
  }
}

/** Without a lock nothing was ever recorded: that is said where it matters, by `up` and `capacity`. */
function unlocked(lock: Lock | undefined) {
  return lock === undefined ? undefined : (plan: ClusterPlan) => staleReleases(plan, lock);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
