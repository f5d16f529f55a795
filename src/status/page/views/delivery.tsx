import { curve, layered, reduced } from '../../../util/graph.ts';
import type { ItemOf } from '../../state/index.ts';
import { csrf, perform } from '../actions.ts';
import { age, count } from '../format.ts';
import { all, one, secondsSince } from '../items.ts';
import { ClusterTabs, chosenCluster } from '../parts/cluster-tabs.tsx';
import { State } from '../parts/state.tsx';
import { hrefOf, path } from '../route.ts';

type Delivery = ItemOf<'delivery'> & { key: string };

const WIDTH = 210;
const GAP = 60;
const HEIGHT = 44;
const STEP = 54;

/** How what is in Git gets into a cluster: what is made of what, and what waits for what. */
export function Delivery() {
  const cluster = chosenCluster();
  const objects = all('delivery').filter((object) => object.cluster === cluster);
  const waiting = objects.filter(({ state }) => state !== 'ready');
  const [, , ...chosen] = path.value;
  return (
    <>
      <h1>Delivery</h1>
      <ClusterTabs view="delivery" />
      <p>
        {objects.length === 0
          ? 'Flux has not been seen in this cluster yet.'
          : waiting.length === 0
            ? `All ${objects.length} are as Git says.`
            : `${waiting.length} of ${objects.length} are not ready.`}
      </p>
      <Selected object={objects.find(({ key }) => key === chosen.join('/'))} />
      {waiting.length > 0 && <Waiting objects={waiting} />}
      {objects.length > 0 && <Graph objects={objects} />}
      <Drift cluster={cluster} />
      <Ahead />
    </>
  );
}

function Waiting({ objects }: { readonly objects: readonly Delivery[] }) {
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">What waits</h2>
      <ul>
        {objects.map((object) => (
          <li key={object.key}>
            <State state={object.state} /> <a href={linkTo(object)}>{titleOf(object)}</a>{' '}
            {object.waitsFor.length > 0
              ? `waits for ${object.waitsFor.map((key) => key.split('/').at(-1)).join(', ')}`
              : object.message}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Graph({ objects }: { readonly objects: readonly Delivery[] }) {
  const places = layered(objects);
  const x = (key: string) => (places.get(key)?.column ?? 0) * (WIDTH + GAP);
  const y = (key: string) => (places.get(key)?.row ?? 0) * STEP;
  const width = Math.max(...objects.map(({ key }) => x(key))) + WIDTH;
  const height = Math.max(...objects.map(({ key }) => y(key))) + STEP;
  return (
    <section aria-label="Graph of delivery">
      <h2>From Git to the cluster</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <section class="graph" tabIndex={0} aria-label="Graph, scrolls sideways">
        <div class="graph-inner" style={{ width: `${width}px`, height: `${height}px` }}>
          <svg width={width} height={height} aria-hidden="true">
            {[...reduced(objects)].flatMap(([key, needs]) =>
              needs.map((other) => (
                <path
                  key={`${other} ${key}`}
                  class={`edge ${edgeState(other)}`}
                  d={curve(x(other) + WIDTH, y(other) + HEIGHT / 2, x(key), y(key) + HEIGHT / 2)}
                />
              )),
            )}
          </svg>
          <ul>
            {objects.map((object) => (
              <li
                key={object.key}
                class={`box ${object.state}`}
                style={{
                  left: `${x(object.key)}px`,
                  top: `${y(object.key)}px`,
                  width: `${WIDTH}px`,
                  height: `${HEIGHT}px`,
                }}
              >
                <a href={linkTo(object)}>
                  <State state={object.state} word={false} /> {object.name}
                  <br />
                  <span class="dim">
                    {object.kind} {object.suspended ? 'suspended' : (object.version ?? '')}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      </section>
    </section>
  );
}

function edgeState(key: string): string {
  const item = one(key);
  return item?.type === 'delivery' ? item.state : 'unknown';
}

function Selected({ object }: { readonly object: Delivery | undefined }) {
  if (object === undefined) return null;
  const { cluster, kind, namespace, name, state, message, version, needs, key } = object;
  const workloads = all('workload').filter(({ by }) => by === key);
  const reconcile = () =>
    void perform(
      { action: 'reconcile', cluster, kind: kind as 'Kustomization', namespace, name },
      `Reconcile ${kind} ${name} now?`,
    );
  return (
    <section class="card selected" aria-labelledby="selected">
      <h2 id="selected">
        {kind} {name} <State state={state} />
      </h2>
      <p>{message}</p>
      <p class="dim">
        {namespace}
        {version === undefined ? '' : ` · ${version}`} · needs{' '}
        {needs.map((other) => other.split('/').at(-1)).join(', ') || 'nothing'}
      </p>
      {workloads.length > 0 && (
        <ul>
          {workloads.map((workload) => (
            <li key={workload.key}>
              <State state={workload.state} word={false} /> {workload.kind} {workload.name}: {workload.ready}{' '}
              of {count(workload.wanted, 'pod')}
            </li>
          ))}
        </ul>
      )}
      <p class="actions">
        {csrf.value !== undefined && <button onClick={reconcile}>Reconcile now</button>}
        <a href={hrefOf('delivery', cluster)}>Close</a>
      </p>
    </section>
  );
}

const ACTIONS = {
  create: 'is missing',
  change: 'is different',
  delete: 'should not be there',
  refused: 'is refused',
};

/** In what the cluster is not as the definition says. */
function Drift({ cluster }: { readonly cluster: string | undefined }) {
  const drift = all('drift').filter((one) => one.cluster === cluster);
  return (
    <section aria-labelledby="drift">
      <h2 id="drift">Drift from the definition</h2>
      {drift.length === 0 ? (
        <p class="empty">
          None was found when it was last looked for, every five minutes while all is ready.
        </p>
      ) : (
        <ul>
          {drift.map(({ key, object, action, fields, message }) => (
            <li key={key}>
              <strong>{object}</strong> {ACTIONS[action]}
              {fields.length === 0 ? '' : `: ${fields.join(', ')}`} {message}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What staging has that production has not. */
function Ahead() {
  const differences = all('difference');
  return (
    <section aria-labelledby="ahead">
      <h2 id="ahead">What staging has that production has not</h2>
      {differences.length === 0 ? (
        <p class="empty">Nothing: both are at the same versions.</p>
      ) : (
        <ul>
          {differences.map(({ key, what, from, to, here, there, healthySince }) => (
            <li key={key}>
              <strong>{what}</strong>: {here} in {from}, {there} in {to};{' '}
              {healthySince === undefined
                ? 'it is not well there'
                : `well for ${age(secondsSince(healthySince))}`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function linkTo({ cluster, key }: Delivery): string {
  return hrefOf('delivery', cluster, ...key.split('/'));
}

function titleOf({ kind, name }: Delivery): string {
  return `${kind} ${name}`;
}
