import type { FunctionComponent } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { outcome } from './actions.ts';
import { age, count } from './format.ts';
import { all, heardAt, homelab, line, now } from './items.ts';
import { Locked } from './parts/locked.tsx';
import { ThemeSwitch } from './parts/theme.tsx';
import { hrefOf, path } from './route.ts';
import { Apps } from './views/apps.tsx';
import { Capacity } from './views/capacity.tsx';
import { Delivery } from './views/delivery.tsx';
import { Docs } from './views/docs.tsx';
import { Network } from './views/network.tsx';
import { Overview } from './views/overview.tsx';
import { Security } from './views/security.tsx';
import { Storage } from './views/storage.tsx';
import { Timeline } from './views/timeline.tsx';

const VIEWS: readonly (readonly [name: string, title: string, view: FunctionComponent])[] = [
  ['overview', 'Overview', Overview],
  ['apps', 'Apps', Apps],
  ['delivery', 'Delivery', Delivery],
  ['network', 'Network', Network],
  ['storage', 'Storage', Storage],
  ['security', 'Security', Security],
  ['capacity', 'Capacity', Capacity],
  ['timeline', 'Timeline', Timeline],
  ['docs', 'Docs', Docs],
];

/** The whole page: what it is about, where one can go, whether it is up to date, and one view. */
export function Page() {
  const [name = 'overview'] = path.value;
  const [, title, View] = VIEWS.find(([view]) => view === name) ?? ['overview', 'Overview', Overview];
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useLayoutEffect(() => {
    document.title = `${title} · ${homelab.value?.name ?? 'homeplane'}`;
    // Whoever cannot see the page is told that it is another view now.
    if (!first.current) main.current?.focus();
    first.current = false;
  }, [title]);
  useEffect(() => onDigits(), []);
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        Skip to the content
      </a>
      <header>
        <p class="name">
          {homelab.value?.name ?? 'homeplane'}
          {homelab.value?.twin === true && (
            <span
              class="simulated"
              title="Nodes, pods and volumes are simulated; control planes and Flux are real."
            >
              twin: nodes simulated
            </span>
          )}
        </p>
        <nav aria-label="Views">
          <ul>
            {VIEWS.map(([view, text], index) => (
              <li key={view}>
                <a
                  href={hrefOf(view)}
                  aria-current={view === name ? 'page' : undefined}
                  title={`Key ${index + 1}`}
                >
                  {text}
                  <Bubble view={view} />
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <ThemeSwitch />
      </header>
      <LineState />
      {outcome.value !== undefined && (
        <output class="outcome">
          {outcome.value} <button onClick={() => (outcome.value = undefined)}>Close</button>
        </output>
      )}
      <main id="main" ref={main} tabIndex={-1} aria-label={title}>
        {line.value === 'locked' ? <Locked /> : homelab.value === undefined ? <Loading /> : <View />}
      </main>
    </>
  );
}

/** How many things are wrong, beside the name of the view that shows them. */
function Bubble({ view }: { readonly view: string }) {
  const number =
    view === 'overview'
      ? all('problem').length
      : view === 'timeline'
        ? all('alert').filter(({ state }) => state === 'firing').length
        : 0;
  return number === 0 ? null : (
    <span class="bubble" aria-label={count(number, 'problem')}>
      {number}
    </span>
  );
}

function LineState() {
  const silent = (now.value - heardAt.value) / 1000;
  const text =
    line.value === 'lost'
      ? `homeplane does not answer: this is how it was ${age(silent)} ago. Trying again ...`
      : line.value === 'connecting'
        ? 'Connecting ...'
        : '';
  return <output class={`line ${line.value}`}>{text}</output>;
}

function Loading() {
  return (
    <div class="loading" aria-busy="true">
      <h1>Reading the definition ...</h1>
      <div class="skeleton" />
      <div class="skeleton" />
    </div>
  );
}

/** The digits go to the views, unless one is typing. */
function onDigits(): () => void {
  const go = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const view = VIEWS[Number(event.key) - 1];
    if (view !== undefined) location.hash = hrefOf(view[0]);
  };
  addEventListener('keydown', go);
  return () => removeEventListener('keydown', go);
}
