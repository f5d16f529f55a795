import type { ItemOf } from '../../state/index.ts';
import { clock } from '../format.ts';
import { now } from '../items.ts';

const WIDTH = 1000;
const HEIGHT = 60;
/** Each kind of thing has a height of its own. */
const ROWS = ['alert', 'problem', 'node', 'cluster', 'delivery', 'workload', 'action', 'note'];

/** Everything that has happened on one axis, from the first of it until now. */
export function Axis({
  happenings,
}: {
  readonly happenings: readonly (ItemOf<'happening'> & { key: string })[];
}) {
  const [first] = happenings;
  if (first === undefined) return null;
  const start = Date.parse(first.at);
  const span = Math.max(60_000, now.value - start);
  return (
    <figure class="axis">
      <svg
        role="img"
        aria-label={`${happenings.length} happenings since ${clock(first.at, now.value)}, listed below`}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        <line class="axis-line" x1="0" x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} />
        {happenings.map(({ key, at, about, good }) => (
          <rect
            key={key}
            class={`axis-mark ${good === undefined ? '' : good ? 'ready' : 'failed'}`}
            x={Math.min(WIDTH - 4, ((Date.parse(at) - start) / span) * (WIDTH - 4))}
            y={ROWS.indexOf(about) * 7}
            width="4"
            height="6"
          />
        ))}
      </svg>
      <figcaption class="dim">
        <span>{clock(first.at, now.value)}</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}
