import { VERSIONS_FOLDER, versionsFile } from '../../components/index.ts';
import type { Homelab } from '../../model/index.ts';
import type { ClusterPlan } from '../plan.ts';
import { SYNC } from '../sync.ts';
import { toYaml } from '../yaml.ts';
import { renovateConfig } from './renovate.ts';
import { workflow } from './workflow.ts';

/** What keeps the repository current: Renovate's configuration and GitHub's checks. */
export function deliveryFiles(homelab: Homelab, plans: readonly ClusterPlan[]): [string, string][] {
  return [
    ['renovate.json', `${JSON.stringify(renovateConfig(plans), null, 2)}\n`],
    ['.github/workflows/homelab.yaml', toYaml(workflow(homelab))],
    ...plans.flatMap(({ cluster, exports, components }): [string, string][] => {
      if (exports.gitops?.imageAutomation !== true) return [];
      const images = components.flatMap(({ contribution }) => contribution.images ?? []);
      return [[`${VERSIONS_FOLDER}/${cluster.name}.yaml`, versionsFile(SYNC.namespace, images)]];
    }),
  ];
}
