import { useState } from 'preact/hooks';
import type { ItemOf } from '../../state/index.ts';
import { bytes, count } from '../format.ts';
import { all } from '../items.ts';
import { ClusterTabs, chosenCluster } from '../parts/cluster-tabs.tsx';
import { Meter } from '../parts/meter.tsx';
import { Table } from '../parts/table.tsx';

/** Whether it all fits, what is left when a node dies, and what more would fit. */
export function Capacity() {
  const cluster = chosenCluster();
  const capacity = all('capacity').find((one) => one.cluster === cluster);
  const storage = all('storage').find((one) => one.cluster === cluster);
  const nodes = all('node').filter((node) => node.cluster === cluster);
  return (
    <>
      <h1>Capacity</h1>
      <ClusterTabs view="capacity" />
      {capacity !== undefined && <Planned {...capacity} />}
      {storage !== undefined && (
        <Meter
          label="storage, with replicas"
          share={storage.withReplicas / storage.disks}
          target={storage.target}
          text={`${bytes(storage.withReplicas)} of ${bytes(storage.disks)}`}
        />
      )}
      <h2>Nodes</h2>
      <Table
        caption="What pods ask of each node now"
        columns={['Node', 'CPU', 'Memory', 'Pods', 'Disks full in']}
        rows={nodes}
        empty="The definition has no nodes here."
        cells={({ name, cpu, ram, pods, measured }) => [
          name,
          `${cpu.asked.toFixed(2)} of ${cpu.allocatable.toFixed(2)} cores`,
          `${bytes(ram.asked)} of ${bytes(ram.allocatable)}`,
          `${pods.asked} of ${pods.allocatable}`,
          fullText(measured),
        ]}
      />
      {capacity !== undefined && <WhatIf {...capacity} />}
    </>
  );
}

function fullText(measured: ItemOf<'node'>['measured']): string {
  if (measured === undefined) return 'not measured';
  return measured.daysUntilFull === undefined
    ? 'they do not fill'
    : count(Math.floor(measured.daysUntilFull), 'day');
}

function Planned({ cpu, ram, pods, targets, unplaced }: ItemOf<'capacity'>) {
  return (
    <>
      <p>
        {unplaced.length === 0
          ? 'Everything that the definition asks for fits.'
          : `${count(unplaced.length, 'pod')} find no place: ${unplaced.join(', ')}`}
      </p>
      <Meter
        label="CPU, as planned"
        share={cpu.asked / cpu.allocatable}
        target={targets.cpu}
        text={`${cpu.asked.toFixed(1)} of ${cpu.allocatable.toFixed(1)} cores`}
      />
      <Meter
        label="memory, as planned"
        share={ram.asked / ram.allocatable}
        target={targets.memory}
        text={`${bytes(ram.asked)} of ${bytes(ram.allocatable)}`}
      />
      <Meter
        label="pods, as planned"
        share={pods.asked / pods.allocatable}
        text={`${pods.asked} of ${pods.allocatable}`}
      />
    </>
  );
}

function WhatIf({ without, more }: ItemOf<'capacity'>) {
  const [dead, setDead] = useState('');
  const [app, setApp] = useState('');
  const loss = without.find(({ node }) => node === dead);
  const fit = more.find((one) => one.app === app);
  return (
    <>
      <h2>What if</h2>
      {without.length === 0 ? (
        <p>This cluster has one node: without it there is nothing.</p>
      ) : (
        <p>
          <label for="dead">this node dies</label>{' '}
          <select id="dead" value={dead} onChange={(event) => setDead(event.currentTarget.value)}>
            <option value="">choose a node</option>
            {without.map(({ node }) => (
              <option key={node}>{node}</option>
            ))}
          </select>{' '}
          <output for="dead">
            {loss === undefined
              ? ''
              : loss.unplaced.length === 0
                ? 'everything else still fits'
                : `${count(loss.unplaced.length, 'pod')} find no place: ${loss.unplaced.join(', ')}`}
          </output>
        </p>
      )}
      {more.length > 0 && (
        <p>
          <label for="app">one more of this app is added</label>{' '}
          <select id="app" value={app} onChange={(event) => setApp(event.currentTarget.value)}>
            <option value="">choose an app</option>
            {more.map(({ app: name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>{' '}
          <output for="app">
            {fit === undefined
              ? ''
              : fit.more === 0
                ? `it does not fit: ${fit.first} runs out`
                : `it fits, ${fit.more} times; then ${fit.first} runs out`}
          </output>
        </p>
      )}
    </>
  );
}
