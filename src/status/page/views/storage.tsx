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
      {storage !== undefined && <Used {...storage} />}
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

/** What was on the disks, day by day, of what they hold. */
function Used({ used, disks, target }: ItemOf<'storage'>) {
  const [first] = used;
  const last = used.at(-1);
  if (first === undefined || last === undefined || used.length < 2) return null;
  const span = Date.parse(last.at) - Date.parse(first.at);
  const x = (at: string) => ((Date.parse(at) - Date.parse(first.at)) / span) * 1000;
  const y = (size: number) => 100 - (size / disks) * 100;
  const days = Math.round(span / 86_400_000);
  return (
    <figure class="used">
      <svg
        role="img"
        aria-label={`From ${bytes(first.bytes)} to ${bytes(last.bytes)} in ${days} days, of ${bytes(disks)}`}
        viewBox="0 0 1000 100"
        preserveAspectRatio="none"
      >
        <line class="used-target" x1="0" x2="1000" y1={y(disks * target)} y2={y(disks * target)} />
        <polyline
          class="used-line"
          points={used.map(({ at, bytes: size }) => `${x(at)},${y(size)}`).join(' ')}
        />
      </svg>
      <figcaption class="dim">
        on the disks: {bytes(first.bytes)} {days} days ago, {bytes(last.bytes)} now
      </figcaption>
    </figure>
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
