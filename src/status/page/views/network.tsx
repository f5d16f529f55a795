import { useState } from 'preact/hooks';
import type { ItemOf } from '../../state/index.ts';
import { age } from '../format.ts';
import { all, clusters, secondsUntil } from '../items.ts';
import { ClusterTabs, chosenCluster } from '../parts/cluster-tabs.tsx';
import { Meter } from '../parts/meter.tsx';
import { State } from '../parts/state.tsx';
import { Table } from '../parts/table.tsx';

/** From the Internet to an app, by what the definition says and what the cluster has. */
export function Network() {
  const cluster = chosenCluster();
  const of = <T extends { readonly cluster: string }>(items: readonly T[]) =>
    items.filter((item) => item.cluster === cluster);
  return (
    <>
      <h1>Network</h1>
      <ClusterTabs view="network" />
      {cluster !== undefined && <Way cluster={cluster} />}
      <h2>Addresses on the LAN</h2>
      {of(all('pool')).map(({ key, name, range, used, size }) => (
        <Meter
          key={key}
          label={`pool ${name}, ${range}`}
          share={used / size}
          text={`${used} of ${size} taken`}
          target={0.8}
        />
      ))}
      <Table
        caption="Services with an address of their own"
        columns={['Service', 'Address', 'Ports', 'State']}
        rows={of(all('address'))}
        empty="No Service has asked for an address yet."
        cells={({ namespace, name, address, ports, state }) => [
          `${namespace}/${name}`,
          address ?? '',
          ports.join(', '),
          <State state={state} />,
        ]}
      />
      <h2>Names</h2>
      <Table
        caption="Names and what answers there"
        columns={['Name', 'Service', 'Reached from', 'Login']}
        rows={of(all('route'))}
        empty="No name leads into this cluster."
        cells={({ host, service, public: open, login }) => [
          <a href={`https://${host}`}>{host}</a>,
          service,
          open ? 'everywhere' : 'the LAN',
          login ? 'in front of it' : 'its own',
        ]}
      />
      <h2>Certificates</h2>
      <Table
        caption="Certificates and how long they last"
        columns={['Certificate', 'For', 'Left', 'State']}
        rows={of(all('certificate'))}
        empty="No certificate has been asked for yet."
        cells={({ namespace, name, hosts, until, state, message }) => [
          `${namespace}/${name}`,
          hosts.join(', '),
          until === undefined ? '' : age(secondsUntil(until)),
          <>
            <State state={state} /> {message}
          </>,
        ]}
      />
      <Flows flows={of(all('flow'))} />
    </>
  );
}

/** The way of a request, one box after the other. */
function Way({ cluster }: { readonly cluster: string }) {
  const site = all('site').find(
    ({ name }) => clusters.value.find((one) => one.name === cluster)?.site === name,
  );
  const pool = all('pool').find((one) => one.cluster === cluster);
  const routes = all('route').filter((one) => one.cluster === cluster);
  const open = routes.filter((route) => route.public).length;
  const traefik = all('address').find(({ cluster: of, name }) => of === cluster && name === 'traefik');
  const speaker = all('workload').find((one) => one.cluster === cluster && /metallb.*speaker/.test(one.name));
  const boxes: readonly (readonly [title: string, text: string, state?: string | undefined])[] = [
    ['Internet', open === 0 ? 'reaches nothing here' : `reaches ${open} names`],
    ['Cloudflare', 'DNS, and proof for certificates'],
    ['Router', site?.gateway ?? ''],
    ['Switch', site?.subnet ?? ''],
    ['MetalLB', pool?.range ?? '', speaker?.state],
    ['Traefik', traefik?.address ?? 'no address yet', traefik?.state],
    ['Apps', `${routes.length} names`],
  ];
  return (
    <ol class="way" aria-label="The way of a request">
      {boxes.map(([title, text, state]) => (
        <li key={title} class={state ?? ''}>
          <strong>{title}</strong> {state !== undefined && <State state={state} word={false} />}
          <br />
          <span class="dim">{text}</span>
        </li>
      ))}
    </ol>
  );
}

function Flows({ flows }: { readonly flows: readonly (ItemOf<'flow'> & { key: string })[] }) {
  const [sought, setSought] = useState('');
  const found = flows.filter(({ owner, from, to, ports, why }) =>
    `${owner} ${from} ${to} ${ports} ${why}`.toLowerCase().includes(sought.toLowerCase()),
  );
  return (
    <>
      <h2>Who may talk to whom</h2>
      <p class="dim">What is not in this list is denied by the default-deny policy of its namespace.</p>
      <label for="flows">Search</label>{' '}
      <input
        id="flows"
        type="search"
        value={sought}
        onInput={(event) => setSought(event.currentTarget.value)}
      />
      <Table
        caption="Flows and the policies that allow them"
        columns={['Of', 'From', 'To', 'Ports', 'Why', 'Allowed by']}
        rows={found}
        empty="No flow is like that: it is denied."
        cells={({ owner, from, to, ports, why, policies }) => [
          owner,
          from,
          to,
          ports,
          why,
          policies.length === 0 ? (
            'the nodes’ own network'
          ) : (
            <ul class="plain">
              {policies.map(({ name, there }) => (
                <li key={name}>
                  <State state={there ? 'ready' : 'waiting'} word={false} /> {name}
                </li>
              ))}
            </ul>
          ),
        ]}
      />
    </>
  );
}
