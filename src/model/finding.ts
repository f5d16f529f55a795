import type { Path, Position } from './position.ts';

/** `error` stops build and up; `warning` is shown; `info` is shown with --verbose readers only. */
export type Severity = (typeof SEVERITIES)[number];

/** From the worst. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** Something wrong or risky about a homelab, as data. Findings are never thrown. */
export interface Finding {
  /** Stable id of the rule, such as `NET001`; `DEF...` come from reading the definition itself. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, with the value given and what is allowed. */
  readonly message: string;
  /** Why it matters: what breaks on the real cluster. */
  readonly why: string;
  /** What to write instead. */
  readonly remedy: string;
  /** Where in the definition, as a path from its root. */
  readonly at: Path;
  /** Where in the user's source; undefined when the definition was not made with the factories. */
  readonly position?: Position | undefined;
  /** The file in the tree that has it. */
  readonly tree?: string | undefined;
  /** Whether somebody lives with it for now; its message says who and until when. */
  readonly waived?: true;
}

export function countFindings(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
