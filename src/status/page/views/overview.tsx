import type { ItemOf } from '../../state/index.ts';
import { csrf, perform } from '../actions.ts';
import { age, bytes, count, percent } from '../format.ts';
import { all, clusters, secondsSince } from '../items.ts';
import { Meter } from '../parts/meter.tsx';
import { Problems } from '../parts/problems.tsx';
import { State } from '../parts/state.tsx';

/** What is wrong first; then the clusters, and the hardware as it stands there. */
export function Overview() {
  return (
    <>
      <Problems />
      <section aria-label="Clusters" class="clusters">
        {clusters.value.map((cluster) => (
          <ClusterCard {...cluster} />
        ))}
      </section>
      {all('site').map((site) => (
        <Site {...site} />
      ))}
    </>
  );
}

function ClusterCard({
  name,
  state,
  heardAt,
  counts,
  environment,
  os,
  kubernetes,
  domain,
  revision,
}: ItemOf<'cluster'>) {
  const silent = heardAt === undefined ? undefined : secondsSince(heardAt);
  return (
    <article class="card">
      <h2>
        {name} <State state={state} />
      </h2>
      <p class="dim">
        {environment} · {os} · Kubernetes {kubernetes} · *.{domain}
      </p>
      <ul class="counts">
        {counts.map(({ kind, ready, total }) => (
          <li key={kind}>
            <strong>
              {ready}/{total}
            </strong>{' '}
            {kind === 'HelmRelease' ? 'releases' : `${kind.toLowerCase()}s`}
          </li>
        ))}
      </ul>
      <p class="dim">
        {revision === undefined ? '' : `at ${revision.slice(0, 8)} · `}
        {state === 'unwatched'
          ? 'as it is defined'
          : state === 'starting'
            ? 'its API server has not answered yet'
            : silent === undefined
              ? 'live'
              : `last seen ${age(silent)} ago`}
      </p>
    </article>
  );
}

function Site({
  name,
  subnet,
  gateway,
  uplink,
  watts,
  supplyWatts,
  upsMinutes,
  kwhPerMonth,
  cost,
}: ItemOf<'site'>) {
  const boards = all('board')
    .filter(({ site }) => site === name)
    .toSorted((a, b) => Number(b.carrier) - Number(a.carrier));
  return (
    <section class="site" aria-label={`Site ${name}`}>
      <h2>{name}</h2>
      <p class="dim">
        {subnet}, router {gateway}
        {uplink === undefined ? '' : `, ${uplink}`} · {Math.round(watts.typical)} W as planned
        {supplyWatts === undefined ? '' : `, peak ${Math.round(watts.peak)} of ${supplyWatts} W`}
        {upsMinutes === undefined ? '' : ` · UPS lasts ${Math.round(upsMinutes)} min`} ·{' '}
        {Math.round(kwhPerMonth)} kWh a month{cost === undefined ? '' : `, ${cost}`}
      </p>
      <div class="boards">
        {boards.map((board) => (
          <Board {...board} />
        ))}
      </div>
    </section>
  );
}

function Board({ name, model, carrier, slots, bmc, watts }: ItemOf<'board'>) {
  const nodes = all('node').filter(({ board }) => board === name);
  return (
    <figure class={`board ${carrier ? 'carrier' : 'single'}`}>
      <figcaption>
        <strong>{name}</strong> {model}
        {bmc === undefined ? '' : `, BMC ${bmc}`} · {Math.round(watts.typical)} W as planned
      </figcaption>
      <ol class="slots">
        {slots.map(({ slot, model: module, node: nodeName }) => {
          const node = nodes.find((one) => one.name === nodeName);
          return (
            <li key={slot} class={node === undefined ? 'slot free' : `slot ${node.state}`}>
              {node === undefined ? (
                <p class="dim">{carrier ? `slot ${slot}: ${module ?? 'empty'}` : (module ?? '')}</p>
              ) : (
                <Node {...node} />
              )}
            </li>
          );
        })}
      </ol>
    </figure>
  );
}

function Node(node: ItemOf<'node'>) {
  const {
    name,
    slot,
    model,
    state,
    message,
    cordoned,
    roles,
    cpu,
    ram,
    pods,
    disks,
    measured,
    watts,
    address,
  } = node;
  return (
    <article aria-label={`Node ${name}`}>
      <h3>
        {name} <State state={state} />
      </h3>
      <p class="dim">
        {slot === undefined ? '' : `slot ${slot} · `}
        {model} · {address} · {roles.join(' and ')}
        {cordoned ? ' · takes no new pods' : ''}
      </p>
      {state !== 'ready' && <p class="message">{message}</p>}
      <Meter
        label="CPU asked"
        share={cpu.asked / cpu.allocatable}
        target={0.7}
        text={`${cpu.asked.toFixed(1)} of ${cpu.allocatable.toFixed(1)}`}
      />
      <Meter
        label="memory asked"
        share={ram.asked / ram.allocatable}
        target={0.8}
        text={`${bytes(ram.asked)} of ${bytes(ram.allocatable)}`}
      />
      <Meter
        label="pods"
        share={pods.asked / pods.allocatable}
        text={`${pods.asked} of ${pods.allocatable}`}
      />
      <p class="dim">
        {disks.map(({ kind, size }) => `${kind} ${bytes(size)}`).join(', ')} · {watts.idle} to {watts.peak} W
      </p>
      <Measured measured={measured} throttle={node.throttleCelsius} />
      {csrf.value !== undefined && <NodeActions {...node} />}
    </article>
  );
}

function Measured({
  measured,
  throttle,
}: {
  readonly measured: ItemOf<'node'>['measured'];
  readonly throttle: number;
}) {
  if (measured === undefined) return <p class="dim">temperature, load and wear: not measured here</p>;
  const { celsius, cpu, memory, disk, diskYears, watts } = measured;
  const parts = [
    celsius === undefined ? undefined : `${Math.round(celsius)} °C of ${throttle}`,
    cpu === undefined ? undefined : `CPU ${percent(cpu)}`,
    memory === undefined ? undefined : `memory ${percent(memory)}`,
    disk === undefined ? undefined : `disk ${percent(disk)}`,
    diskYears === undefined
      ? undefined
      : `disks worn out in ${diskYears < 1 ? 'less than a year' : `${Math.floor(diskYears)} years`}`,
    watts === undefined ? undefined : `about ${watts.toFixed(1)} W`,
  ].filter((part) => part !== undefined);
  return <p>{parts.join(' · ')}</p>;
}

function NodeActions({ cluster, name, cordoned, pods }: ItemOf<'node'>) {
  const act = (action: 'cordon' | 'uncordon' | 'drain', question: string) => () =>
    void perform({ action, cluster, node: name }, question);
  return (
    <p class="actions">
      {cordoned ? (
        <button onClick={act('uncordon', `Let ${name} take pods again?`)}>Uncordon</button>
      ) : (
        <button onClick={act('cordon', `Let ${name} take no new pods?`)}>Cordon</button>
      )}
      <button onClick={act('drain', `Move ${count(pods.asked, 'pod')} away from ${name}?`)}>Drain</button>
    </p>
  );
}
