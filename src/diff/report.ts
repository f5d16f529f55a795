import { type ClusterPlan, compile, inventory, planHomelab } from '../compile/index.ts';
import { EMPTY_LOCK, type Lock, renderedBy, staleReleases } from '../lock/index.ts';
import type { Finding, Homelab } from '../model/index.ts';
import { unique } from '../util/index.ts';
import { compareItems, type Entry, type ObjectChange } from './compare.ts';

/** One side of a comparison: a homelab, what its charts make, and what is wrong with it. */
export interface Side {
  readonly homelab: Homelab;
  readonly lock: Lock | undefined;
  readonly findings: readonly Finding[];
}

export interface ClusterDiff {
  readonly cluster: string;
  readonly changes: readonly ObjectChange[];
  /** Releases whose objects the lock does not know as they are now: what they change is not seen. */
  readonly unknown: readonly string[];
}

export interface DiffReport {
  readonly clusters: readonly ClusterDiff[];
  /** Machines whose configuration changes, with the files. */
  readonly machines: readonly { readonly machine: string; readonly files: readonly string[] }[];
  /** What `check` says now and did not before, and the other way round. */
  readonly findings: { readonly added: readonly Finding[]; readonly gone: readonly Finding[] };
}

export function diffReport(before: Side, after: Side): DiffReport {
  const [old, now] = [plansOf(before), plansOf(after)];
  const clusters = unique([...now.keys(), ...old.keys()]).map((cluster): ClusterDiff => {
    const plan = now.get(cluster);
    const changes = compareItems(entriesOf(old.get(cluster), before.lock), entriesOf(plan, after.lock));
    return { cluster, changes, unknown: plan === undefined ? [] : unknownReleases(plan, after.lock) };
  });
  return {
    clusters,
    machines: machineChanges(before.homelab, after.homelab),
    findings: {
      added: missingFrom(before.findings, after.findings),
      gone: missingFrom(after.findings, before.findings),
    },
  };
}

function plansOf({ homelab }: Side): ReadonlyMap<string, ClusterPlan> {
  return new Map(planHomelab(homelab).map((plan) => [plan.cluster.name, plan]));
}

/** What is in a cluster. @param lock Without it, what charts make is left out. */
export function entriesOf(plan: ClusterPlan | undefined, lock: Lock | undefined): Entry[] {
  if (plan === undefined) return [];
  return inventory(plan, renderedBy(lock)).map(({ object, file, planned }) => ({
    object,
    file,
    part: planned?.component.name,
  }));
}

function unknownReleases(plan: ClusterPlan, lock: Lock | undefined): string[] {
  return staleReleases(plan, lock ?? EMPTY_LOCK);
}

function machineChanges(before: Homelab, after: Homelab): DiffReport['machines'] {
  const [old, now] = [compile(before), compile(after)];
  const changed = unique([...old.keys(), ...now.keys()]).filter(
    (path) => path.split('/').length > 3 && path.startsWith('machines/') && old.get(path) !== now.get(path),
  );
  const machineOf = (path: string) => path.split('/').slice(1, 3).join('/');
  return unique(changed.map(machineOf)).map((machine) => ({
    machine,
    files: changed.filter((path) => machineOf(path) === machine),
  }));
}

/** Findings of one list that the other has not; where they are does not matter, lines move. */
function missingFrom(known: readonly Finding[], findings: readonly Finding[]): Finding[] {
  const name = ({ rule, message, severity }: Finding) => `${severity} ${rule} ${message}`;
  const names = new Set(known.map(name));
  return findings.filter((finding) => !names.has(name(finding)));
}
