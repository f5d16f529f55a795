import type { ItemOf } from '../../state/index.ts';
import { age, bytes } from '../format.ts';
import { all, homelab, secondsSince } from '../items.ts';
import { ClusterTabs, chosenCluster } from '../parts/cluster-tabs.tsx';
import { Meter } from '../parts/meter.tsx';
import { State } from '../parts/state.tsx';
import { Table } from '../parts/table.tsx';

/** Volumes, where their replicas are, and whether they could be had again. */
export function Storage() {
  const cluster = chosenCluster();
  const volumes = all('volume').filter((volume) => volume.cluster === cluster);
  const storage = all('storage').find((one) => one.cluster === cluster);
  const simulated = homelab.value?.twin === true;
  return (
    <>
      <h1>Storage</h1>
      <ClusterTabs view="storage" />
      {storage !== undefined && (
        <Meter
          label="asked for, with replicas"
          share={storage.withReplicas / storage.disks}
          text={`${bytes(storage.withReplicas)} of ${bytes(storage.disks)}; without replicas ${bytes(storage.asked)}`}
          target={storage.target}
        />
      )}
      {simulated && (
        <p class="dim">A twin has no disks: volumes are simulated, replicas and backups are not there.</p>
      )}
      <Table
        caption="Volumes"
        columns={['Volume', 'Size', 'Class', 'Replicas', 'Used by', 'Last backup', 'State']}
        rows={volumes}
        empty="No volume has been asked for yet."
        cells={(volume) => [
          `${volume.namespace}/${volume.name}`,
          volume.used === undefined ? bytes(volume.size) : `${bytes(volume.used)} of ${bytes(volume.size)}`,
          volume.class,
          <Replicas {...volume} />,
          volume.usedBy.join(', '),
          backupText(volume),
          <>
            <State state={volume.state} /> {volume.message}
          </>,
        ]}
      />
    </>
  );
}

function Replicas({ wantedReplicas = 0, replicas }: ItemOf<'volume'>) {
  if (replicas.length === 0) return <>{wantedReplicas > 0 ? `${wantedReplicas} wanted` : ''}</>;
  return (
    <ul class="plain">
      {replicas.map(({ node, state }) => (
        <li key={node}>
          <State state={state} word={false} /> {node}
        </li>
      ))}
    </ul>
  );
}

function backupText({ backedUp, lastBackupAt }: ItemOf<'volume'>): string {
  if (!backedUp) return 'not asked for';
  return lastBackupAt === undefined ? 'none yet' : `${age(secondsSince(lastBackupAt))} ago`;
}
