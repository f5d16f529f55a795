import { type Chart, COMPONENTS } from '../../components/index.ts';
import { pascalCase, sortBy } from '../../util/index.ts';
import type { ClusterPlan } from '../plan.ts';

/** TypeScript beside the definition; the tree holds none. */
const SOURCES = ['/(^|/)[\\w-]+\\.ts$/'];
/** Compiled files follow from the definition: whoever updates one of them would be overwritten. */
const COMPILED = ['**/clusters/**', '**/machines/**', '**/monitoring/**'];
/** Long enough for a broken release to be withdrawn. */
const MINIMUM_AGE = '3 days';

/** Renovate's configuration: it reads and writes the definition, never the tree. */
export function renovateConfig(plans: readonly ClusterPlan[]): object {
  return {
    $schema: 'https://docs.renovatebot.com/renovate-schema.json',
    extends: ['config:recommended', ':semanticCommits'],
    enabledManagers: ['custom.regex', 'npm', 'github-actions'],
    ignorePaths: COMPILED,
    dependencyDashboard: true,
    minimumReleaseAge: MINIMUM_AGE,
    // A release that nobody knows the age of is not older than any.
    internalChecksFilter: 'strict',
    prConcurrentLimit: 5,
    osvVulnerabilityAlerts: true,
    vulnerabilityAlerts: {
      labels: ['security'],
      groupName: null,
      schedule: [],
      minimumReleaseAge: null,
    },
    customManagers: [imageManager(), chartManager(), ...componentManagers(plans), ...versionManagers()],
    packageRules: [
      { groupName: 'charts', matchDatasources: ['helm'], matchUpdateTypes: ['minor', 'patch'] },
      { groupName: 'images', matchDatasources: ['docker'], matchUpdateTypes: ['minor', 'patch'] },
      { groupName: 'homeplane', matchPackageNames: ['homeplane'] },
      // Kubernetes skips no minor version, and Talos none of its own.
      { matchPackageNames: ['kubernetes/kubernetes', 'siderolabs/talos'], separateMultipleMinor: true },
      { matchUpdateTypes: ['major'], dependencyDashboardApproval: true },
      {
        description: 'Staging takes minor versions by itself, once the checks of the pull request pass.',
        matchFileNames: ['**/staging.ts'],
        matchUpdateTypes: ['minor', 'patch', 'digest'],
        automerge: true,
        automergeType: 'pr',
      },
      {
        description: 'Production takes what staging has proved, by promotion.',
        matchFileNames: ['**/production.ts'],
        enabled: false,
      },
    ],
  };
}

function regex(matchStrings: string[], templates: Record<string, string>): object {
  return { customType: 'regex', managerFilePatterns: SOURCES, matchStrings, ...templates };
}

/** `image: 'registry/name:1.2.3@sha256:...'` of an app. */
function imageManager(): object {
  const image =
    "image: '(?<depName>[^'@]+?):(?<currentValue>[^':@/]+)(?:@(?<currentDigest>sha256:[a-f0-9]{64}))?'";
  return regex([image], { datasourceTemplate: 'docker' });
}

/** `chart: { repository: 'https://...', name: '...', version: '...' }` of a helmApp. */
function chartManager(): object {
  const chart =
    "chart: \\{\\s*repository: '(?<registryUrl>https:[^']+)',\\s*name: '(?<depName>[^']+)',\\s*version: '(?<currentValue>[^']+)'";
  return regex([chart], { datasourceTemplate: 'helm' });
}

/** `metallb({ chart: '0.16.1' })`: where a component's chart comes from is known. */
function componentManagers(plans: readonly ClusterPlan[]): object[] {
  const charts = new Map<string, Chart>();
  for (const { components } of plans)
    for (const { component, contribution } of components)
      if (COMPONENTS.has(component.name) && contribution.releases[0] !== undefined)
        charts.set(component.name, contribution.releases[0].chart);
  return sortBy(charts, ([name]) => name).map(([name, chart]) => {
    const call = `\\b${factoryName(name)}\\(\\{[^)]*?\\bchart: '(?<currentValue>[^']+)'`;
    const oci = chart.repository.startsWith('oci://');
    return regex([call], {
      depNameTemplate: oci ? `${chart.repository.slice('oci://'.length)}/${chart.name}` : chart.name,
      datasourceTemplate: oci ? 'docker' : 'helm',
      ...(oci ? {} : { registryUrlTemplate: chart.repository }),
    });
  });
}

/** `kubernetes: '1.36.3'` of a cluster and `talos({ version: '1.13.0' })`. */
function versionManagers(): object[] {
  const release = (matchString: string, depNameTemplate: string) =>
    regex([matchString], {
      depNameTemplate,
      datasourceTemplate: 'github-releases',
      extractVersionTemplate: '^v(?<version>.+)$',
    });
  return [
    release("kubernetes: '(?<currentValue>[^']+)'", 'kubernetes/kubernetes'),
    release("talos\\(\\{\\s*version: '(?<currentValue>[^']+)'", 'siderolabs/talos'),
  ];
}

/** `cert-manager` -> `certManager`, as definitions write it. */
function factoryName(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}
