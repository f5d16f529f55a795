import { clusters } from '../items.ts';
import { hrefOf, path } from '../route.ts';

/** The cluster that a view is about: the one in the address, else the first. */
export function chosenCluster(): string | undefined {
  const [, chosen] = path.value;
  return clusters.value.some(({ name }) => name === chosen) ? chosen : clusters.value[0]?.name;
}

/** Leads from one cluster to the next within a view. */
export function ClusterTabs({ view }: { readonly view: string }) {
  const chosen = chosenCluster();
  if (clusters.value.length < 2) return null;
  return (
    <nav class="tabs" aria-label="Clusters">
      {clusters.value.map(({ name }) => (
        <a key={name} href={hrefOf(view, name)} aria-current={name === chosen ? 'true' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
