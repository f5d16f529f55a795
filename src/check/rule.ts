import type { ClusterPlan, Item } from '../compile/index.ts';
import type { KubeObject } from '../kube/index.ts';
import type { Definition, Homelab, Path, Severity } from '../model/index.ts';
import type { World } from './world.ts';

/** What a rule over a definition may look at. */
export interface Subject {
  readonly homelab: Homelab;
  /** The clusters that can be planned; one that lacks a required export (FLX001) is left out. */
  readonly plans: readonly ClusterPlan[];
  /** `YYYY-MM-DD`: what has expired is known by it. */
  readonly today: string;
  /** Releases of a cluster that the lock does not know as they are now; none when there is no lock. */
  readonly unlocked: (plan: ClusterPlan) => readonly string[];
  /** Everything that is applied to a cluster, with what its charts make as far as the lock knows. */
  readonly itemsOf: (plan: ClusterPlan) => readonly Item[];
  /** The same, to look things up in. */
  readonly worldOf: (plan: ClusterPlan) => World;
}

/** One thing a rule found: what is wrong there, and where in the definition. */
export interface Problem {
  readonly at: Path;
  readonly message: string;
  /** What to write instead, when that is more than the rule's own remedy. */
  readonly remedy?: string;
}

/** The same for an object: what is wrong with it, as the rest of a sentence that starts with its name. */
export interface ObjectProblem {
  readonly object: KubeObject;
  readonly message: string;
  readonly remedy?: string;
}

/** What is said of any rule. */
export interface RuleFacts {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What breaks on the real cluster. */
  readonly why: string;
  readonly remedy: string;
  /** Where the facts come from. */
  readonly references?: readonly string[];
}

/** A check of what only a definition says: hardware, networks, policies. */
export interface DefinitionRule extends RuleFacts {
  /** Secrets that lie beside the bad example. */
  readonly secrets?: Homelab['secrets'];
  /** Releases that the lock of the bad example does not know. */
  readonly unlocked?: readonly string[];
  /** Changes a sound definition so that the rule speaks. */
  bad(definition: Definition): void;
  find(subject: Subject): Iterable<Problem>;
}

/** A check of Kubernetes objects, whoever wrote them: homeplane, a chart, or a person in another repository. */
export interface ObjectRule extends RuleFacts {
  /** Objects as YAML that the rule speaks of, and the same mended. */
  readonly bad: string;
  readonly good: string;
  inspect(world: World): Iterable<ObjectProblem>;
  /** What to write into an object that it speaks of, where that is the same for everybody. */
  mend?(object: KubeObject): readonly Edit[];
}

/** One value that is written into an object. */
export interface Edit {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** One check. Its file is named after its id; `rules/all.ts` lists it; its examples are run as tests. */
export type Rule = DefinitionRule | ObjectRule;

export function isObjectRule(rule: Rule): rule is ObjectRule {
  return 'inspect' in rule;
}
