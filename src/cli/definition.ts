import { existsSync, readFileSync } from 'node:fs';
import type { Finding, Homelab } from '../model/index.ts';
import type { Loaded } from '../project/index.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';

const PLACES = ['homelab.ts', 'homelab/homelab.ts'];

/** The definition to use when none is named: the first of the usual places that is there. */
export function defaultDefinition(): string {
  return PLACES.find((place) => existsSync(place)) ?? 'homelab.ts';
}

/** A definition without errors. */
export type Sound = Loaded & { readonly homelab: Homelab };

/**
 * Loads a definition and prints what is wrong with it.
 * @returns its file and the homelab; undefined, with the exit code set, when something about it is an error.
 */
export async function loadSound(io: Io, path: string | undefined): Promise<Sound | undefined> {
  const { loadDefinition } = await import('../project/index.ts');
  const loaded = await loadDefinition(path ?? defaultDefinition());
  const { homelab, findings } = loaded;
  if (findings.length > 0) await printFindings(io, findings);
  if (homelab !== undefined && !hasErrors(findings)) return { ...loaded, homelab };
  process.exitCode = EXIT.findings;
  return undefined;
}

/** Findings in full, with the lines of the definition they are about. */
export async function printFindings(io: Io, findings: readonly Finding[]): Promise<void> {
  const { reportPretty } = await import('../check/index.ts');
  io.out(reportPretty(findings, io.paint, readSource));
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
