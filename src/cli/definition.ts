import { existsSync, readFileSync } from 'node:fs';
import type { Finding, Homelab } from '../model/index.ts';
import type { Loaded } from '../project/index.ts';
import type { Io } from './io.ts';

const PLACES = ['homelab.ts', 'homelab/homelab.ts'];

/** The definition to use when none is named: the first of the usual places that is there. */
export function defaultDefinition(): string {
  return PLACES.find((place) => existsSync(place)) ?? 'homelab.ts';
}

/** Loads a definition; prints what is wrong with it when that is more than nothing. */
export async function loadAndReport(io: Io, path: string | undefined): Promise<Loaded> {
  const { loadDefinition } = await import('../project/index.ts');
  const loaded = await loadDefinition(path ?? defaultDefinition());
  if (loaded.findings.length > 0) await printFindings(io, loaded.findings);
  return loaded;
}

/** Findings in full, with the lines of the definition they are about. */
export async function printFindings(io: Io, findings: readonly Finding[]): Promise<void> {
  const { reportPretty } = await import('../check/index.ts');
  io.out(reportPretty(findings, io.paint, readSource));
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** The homelab, when nothing about it is an error. */
export function sound({ homelab, findings }: Loaded): Homelab | undefined {
  return hasErrors(findings) ? undefined : homelab;
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
