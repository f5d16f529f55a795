import { contributedRoutes, type PlannedComponent } from '../../../compile/index.ts';
import { workloadImages } from '../../../kube/index.ts';
import { fluxHealth } from '../../../observe/index.ts';
import type { ItemOf, ItemState } from '../item.ts';
import type { ClusterView } from './view.ts';

/** The user's own workloads as tiles. */
export function appItems(view: ClusterView, workloads: readonly ItemOf<'workload'>[]): ItemOf<'app'>[] {
  const { plan, live } = view;
  const apps = plan.components.filter(({ component }) => component.layer === 'apps');
  return apps.map((planned) => {
    const { name } = planned.component;
    const own = workloads.filter(({ namespace }) => namespace === name);
    const version = own.find((workload) => workload.name === name)?.images[0] ?? definedImage(planned);
    return {
      type: 'app',
      cluster: plan.cluster.name,
      name,
      version: tagOf(version) ?? '',
      ...addressOf(planned),
      ...health(view, name, live === undefined ? [] : own),
    };
  });
}

function addressOf({ contribution }: PlannedComponent): { url?: string; login: boolean; public: boolean } {
  const [route] = contributedRoutes(contribution);
  if (route === undefined) return { login: false, public: false };
  return { url: `https://${route.host}`, login: route.login, public: route.public };
}

/** Its workloads say how it is; before they are there, its Kustomization says why not. */
function health(
  { live }: ClusterView,
  name: string,
  workloads: readonly ItemOf<'workload'>[],
): { state: ItemState; message: string } {
  if (live === undefined || !live.snapshot.connected)
    return { state: 'unknown', message: 'its cluster cannot be asked' };
  const cause = live.status.causes.find(({ object }) => object.split('/')[1] === name);
  if (cause !== undefined) return { state: 'failed', message: cause.message };
  const broken = workloads.find(({ state }) => state !== 'ready');
  if (broken !== undefined) return { state: broken.state, message: `${broken.name}: ${broken.message}` };
  if (workloads.length > 0) return { state: 'ready', message: '' };
  const kustomization = live.snapshot.objects('Kustomization').find(({ metadata }) => metadata.name === name);
  if (kustomization === undefined) return { state: 'waiting', message: 'Flux has not seen it yet' };
  return fluxHealth(kustomization);
}

function definedImage({ contribution }: PlannedComponent): string | undefined {
  const [image] = (contribution.objects ?? []).flatMap(workloadImages);
  return image ?? contribution.releases[0]?.chart.version;
}

function tagOf(image: string | undefined): string | undefined {
  return image
    ?.replace(/@sha256:.*$/, '')
    .split(':')
    .at(-1);
}
