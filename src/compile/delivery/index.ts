import { VERSIONS_FOLDER, versionsFile } from '../../components/index.ts';
import type { Homelab } from '../../model/index.ts';
import type { ClusterPlan } from '../plan.ts';
import { SYNC } from '../sync.ts';
import { toYaml } from '../yaml.ts';
import { PAGE_DOCKERFILE, PAGE_PART, pageImages } from './page-image.ts';
import { renovateConfig } from './renovate.ts';
import { workflow } from './workflow.ts';

/** What keeps the repository current: Renovate's configuration and GitHub's checks. */
export function deliveryFiles(homelab: Homelab, plans: readonly ClusterPlan[]): [string, string][] {
  const images = pageImages(plans);
  return [
    ['renovate.json', `${JSON.stringify(renovateConfig(plans), null, 2)}\n`],
    ['.github/workflows/homelab.yaml', toYaml(workflow(homelab, images))],
    ...(images.length === 0 ? [] : [[`${PAGE_PART}/Dockerfile`, PAGE_DOCKERFILE] as [string, string]]),
    ...plans.flatMap(({ cluster, exports, components }): [string, string][] => {
      if (exports.gitops?.imageAutomation !== true) return [];
      const images = components.flatMap(({ contribution }) => contribution.images ?? []);
      return [[`${VERSIONS_FOLDER}/${cluster.name}.yaml`, versionsFile(SYNC.namespace, images)]];
    }),
  ];
}
