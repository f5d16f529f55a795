import type { z } from 'zod';
import { ClusterSchema } from './cluster.ts';
import { HomelabSchema } from './define.ts';
import type { Finding } from './finding.ts';
import type { Homelab } from './homelab.ts';
import { type Path, positionAt } from './position.ts';
import { findBrokenReferences } from './references.ts';
import { resolveCluster, resolveSite } from './resolve.ts';
import { SiteSchema } from './site.ts';

/** A definition that was read: the homelab when it makes sense, and everything wrong with it when not. */
export interface ReadResult {
  readonly homelab?: Homelab;
  readonly findings: readonly Finding[];
}

type Raw = { sites?: unknown; clusters?: unknown } | null | undefined;

const EMPTY = { secrets: new Map(), manifests: new Map(), versions: new Map() } as const;

/**
 * Validates a definition and resolves its references. All mistakes are reported at once: where one site or
 * cluster is malformed, the others are still followed through.
 * @param beside What lies in files beside the definition.
 */
export function readHomelab(
  definition: unknown,
  beside: Partial<Pick<Homelab, 'secrets' | 'manifests' | 'versions'>> = {},
): ReadResult {
  const parsed = HomelabSchema.safeParse(definition);
  const findings = parsed.success ? [] : parsed.error.issues.flatMap((issue) => toFindings(issue));
  const raw = definition as Raw;
  const sites = salvage(SiteSchema, raw?.sites);
  const clusters = salvage(ClusterSchema, raw?.clusters);
  const siteCount = Array.isArray(raw?.sites) ? raw.sites.length : 0;
  findings.push(...findBrokenReferences(sites, clusters, sites.length === siteCount));
  const located = findings.map((finding) => ({ ...finding, position: positionAt(definition, finding.at) }));
  if (!parsed.success || located.length > 0) return { findings: located };
  const resolvedSites = sites.map(({ value, at }) => resolveSite(value, at));
  const { name, git, zone, email } = parsed.data;
  const waivers = parsed.data.waivers.map((waiver, index) => ({ ...waiver, at: ['waivers', index] }));
  const resolvedClusters = clusters.map(({ value, at }) => resolveCluster(value, at, resolvedSites));
  return {
    homelab: {
      name,
      git,
      zone,
      email,
      sites: resolvedSites,
      clusters: resolvedClusters,
      waivers,
      failOn: parsed.data.failOn,
      ...EMPTY,
      ...beside,
      definition,
    },
    findings: [],
  };
}

/** The elements of a list that are well-formed by themselves, with their paths. */
function salvage<S extends z.ZodType>(schema: S, list: unknown): { value: z.output<S>; at: Path }[] {
  if (!Array.isArray(list)) return [];
  const name = (schema as unknown) === SiteSchema ? 'sites' : 'clusters';
  return list.flatMap((element, index) => {
    const parsed = schema.safeParse(element);
    return parsed.success ? [{ value: parsed.data, at: [name, index] }] : [];
  });
}

function toFindings(issue: z.core.$ZodIssue): Finding[] {
  const at = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  // A union reports each alternative; the one that got furthest is what the user meant.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const deepest = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
    if (depth(deepest) > 0) {
      return deepest.flatMap((inner) => toFindings({ ...inner, path: [...issue.path, ...inner.path] }));
    }
  }
  const unknown = issue.code === 'unrecognized_keys';
  return [
    {
      rule: unknown ? 'DEF002' : 'DEF001',
      severity: 'error',
      message: `${at.join('.') || 'definition'}: ${issue.message}`,
      why: unknown
        ? 'A misspelt key would be ignored silently.'
        : 'Nothing can be compiled from a value that is missing or malformed.',
      remedy: unknown ? 'Correct or remove the key.' : 'Write a value of the form that is named.',
      at,
    },
  ];
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}
