import type { ClusterPlan } from '../compile/index.ts';
import type { Definition, Homelab, Path, Severity } from '../model/index.ts';

/** What a rule may look at. */
export interface Subject {
  readonly homelab: Homelab;
  /** The clusters that can be planned; one that lacks a required export (FLX001) is left out. */
  readonly plans: readonly ClusterPlan[];
  /** `YYYY-MM-DD`: what has expired is known by it. */
  readonly today: string;
}

/** One thing a rule found: what is wrong there, and where in the definition. */
export interface Problem {
  readonly at: Path;
  readonly message: string;
  /** What to write instead, when that is more than the rule's own remedy. */
  readonly remedy?: string;
}

/** One check. Its file is named after its id; `rules/index.ts` lists it; its example is run as a test. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What breaks on the real cluster. */
  readonly why: string;
  readonly remedy: string;
  /** Where the facts come from. */
  readonly references?: readonly string[];
  /** Secrets that lie beside the bad example. */
  readonly secrets?: Homelab['secrets'];
  /** Changes a sound definition so that the rule speaks. */
  bad(definition: Definition): void;
  find(subject: Subject): Iterable<Problem>;
}
