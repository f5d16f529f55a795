import {
  type ClusterPlan,
  type Item,
  inventory,
  missingExports,
  planCluster,
  type Rendered,
  repositoryPath,
} from '../compile/index.ts';
import { type KubeObject, objectName, textAt } from '../kube/index.ts';
import { type Finding, type Homelab, type Path, type Position, positionAt } from '../model/index.ts';
import { groupBy, sortBy } from '../util/index.ts';
import { accepted } from './accept.ts';
import {
  isObjectRule,
  type ObjectProblem,
  type ObjectRule,
  type Rule,
  type RuleFacts,
  type Subject,
} from './rule.ts';
import { RULES } from './rules/index.ts';
import { waived } from './waive.ts';
import { makeWorld, type World } from './world.ts';

/** What a check knows besides the definition. */
export interface CheckOptions {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** What charts make; without it they are not looked into, and what may be in one is not missed. */
  readonly rendered?: Rendered | undefined;
  /** Releases that the lock does not know as they are now. */
  readonly unlocked?: Subject['unlocked'] | undefined;
  /** Default: all. */
  readonly rules?: readonly Rule[];
}

/** Runs every rule; findings come in the order of their place in the definition's file. What is waived is information. */
export function check(
  homelab: Homelab,
  { today, rendered, unlocked = () => [], rules = RULES }: CheckOptions,
): Finding[] {
  const plannable = homelab.clusters.filter((cluster) => missingExports(cluster).length === 0);
  const plans = plannable.map((cluster) => planCluster(homelab, cluster));
  const looked = new Map<ClusterPlan, Looked>();
  const known = (plan: ClusterPlan) => {
    const made = looked.get(plan) ?? look(plan, rendered ?? (() => []));
    looked.set(plan, made);
    return made;
  };
  const subject: Subject = {
    homelab,
    plans,
    today,
    unlocked,
    itemsOf: (plan) => known(plan).items,
    worldOf: (plan) => known(plan).world,
  };
  const findings = rules.flatMap((rule) =>
    isObjectRule(rule)
      ? plans.flatMap((plan) => overObjects(rule, plan, known(plan), homelab))
      : [...rule.find(subject)].map(({ at, ...problem }) =>
          finding(rule, problem, at, positionAt(homelab.definition, at)),
        ),
  );
  return inOrder(findings.map((found) => waived(found, homelab, today)));
}

/** A cluster's objects, and where they come from. */
interface Looked {
  readonly items: readonly Item[];
  readonly origin: ReadonlyMap<KubeObject, Item>;
  readonly world: World;
}

function look(plan: ClusterPlan, rendered: Rendered): Looked {
  const items = inventory(plan, rendered);
  const objects = items.map(({ object }) => object);
  const made = new Set(items.flatMap(({ object, release }) => (release === undefined ? [] : [object])));
  const releases = plan.components.flatMap(({ contribution }) => contribution.releases);
  const whole = releases.every((release) => rendered(plan.cluster.name, release).length > 0);
  const origin = new Map(items.map((item) => [item.object, item]));
  return {
    items,
    origin,
    world: makeWorld(objects, { whole, applied: appliedIn(plan, items), rendered: made }),
  };
}

/** What each Kustomization of ours applies. */
function appliedIn(
  { homelab }: ClusterPlan,
  items: readonly Item[],
): ReadonlyMap<KubeObject, readonly KubeObject[]> {
  const own = items.filter(({ folder }) => folder !== undefined);
  const byPath = groupBy(own, ({ folder = '' }) => repositoryPath(homelab, folder));
  const kustomizations = items.map(({ object }) => object).filter(({ kind }) => kind === 'Kustomization');
  return new Map(
    kustomizations.map((object) => {
      const applied = byPath.get(textAt(object, 'spec', 'path') ?? '') ?? [];
      return [object, applied.map((item) => item.object)];
    }),
  );
}

function overObjects(
  rule: ObjectRule,
  plan: ClusterPlan,
  { origin, world }: Looked,
  homelab: Homelab,
): Finding[] {
  return [...rule.inspect(world)].flatMap((problem) => {
    const item = origin.get(problem.object);
    if (item !== undefined && accepted(rule.id, item)) return [];
    const at: Path = item?.planned?.use.at ?? plan.cluster.at;
    return [{ ...objectFinding(rule, problem, at, positionAt(homelab.definition, at)), tree: item?.file }];
  });
}

/**
 * Runs the rules that need no definition over objects that somebody else wrote.
 * @param place Where an object was written.
 * @param speaks Whether a rule has a say about an object; by default about all.
 */
export function checkObjects(
  world: World,
  place: (object: KubeObject) => Position | undefined,
  {
    rules = RULES,
    speaks = () => true,
  }: {
    readonly rules?: readonly Rule[];
    readonly speaks?: (rule: RuleFacts, object: KubeObject) => boolean;
  } = {},
): Finding[] {
  const findings = rules
    .filter(isObjectRule)
    .flatMap((rule) =>
      [...rule.inspect(world)]
        .filter(({ object }) => speaks(rule, object))
        .map((problem) => objectFinding(rule, problem, [], place(problem.object))),
    );
  return inOrder(findings);
}

function objectFinding(
  rule: ObjectRule,
  { object, message, remedy }: ObjectProblem,
  at: Path,
  position: Position | undefined,
): Finding {
  const name = objectName(object);
  return finding(
    rule,
    { message: `${name} ${message}`, ...(remedy === undefined ? {} : { remedy }) },
    at,
    position,
  );
}

function finding(
  rule: Rule,
  { message, remedy = rule.remedy }: { message: string; remedy?: string },
  at: Path,
  position: Position | undefined,
): Finding {
  return { rule: rule.id, severity: rule.severity, message, why: rule.why, remedy, at, position };
}

function inOrder(findings: readonly Finding[]): Finding[] {
  return sortBy(findings, ({ position, rule }) => {
    const place = position === undefined ? '' : `${position.file}:${String(position.line).padStart(6, '0')}`;
    return `${place}:${rule}`;
  });
}
