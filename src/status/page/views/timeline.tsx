import { useState } from 'preact/hooks';
import { csrf, perform } from '../actions.ts';
import { age, clock, count } from '../format.ts';
import { all, now, secondsUntil } from '../items.ts';
import { Axis } from '../parts/axis.tsx';
import { ClusterTabs, chosenCluster } from '../parts/cluster-tabs.tsx';
import { State } from '../parts/state.tsx';

const SEVERITIES = ['critical', 'warning', 'info'];
const STATES = ['firing', 'pending', 'unknown', 'quiet'];

/** What has happened, on one axis, and which alerts there are. */
export function Timeline() {
  const [about, setAbout] = useState('');
  const happenings = all('happening')
    .filter((one) => about === '' || one.about === about)
    .toReversed();
  const kinds = [...new Set(all('happening').map((one) => one.about))].toSorted();
  return (
    <>
      <h1>Timeline</h1>
      <p>
        <label for="about">About</label>{' '}
        <select id="about" value={about} onChange={(event) => setAbout(event.currentTarget.value)}>
          <option value="">everything</option>
          {kinds.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </p>
      <Axis happenings={happenings.toReversed()} />
      {happenings.length === 0 ? (
        <p class="empty">Nothing has happened since this page watches.</p>
      ) : (
        <ol class="timeline">
          {happenings.map(({ key, at, cluster, about: kind, good, text }) => (
            <li key={key} class={good === undefined ? '' : good ? 'ready' : 'failed'}>
              <time dateTime={at}>{clock(at, now.value)}</time>{' '}
              <span class="dim">
                {cluster ?? ''} {kind}
              </span>{' '}
              {good !== undefined && <State state={good ? 'ready' : 'failed'} word={false} />} {text}
            </li>
          ))}
        </ol>
      )}
      <Alerts />
    </>
  );
}

function silence(cluster: string, alert: string): Promise<void> {
  return perform({ action: 'silence', cluster, alert, hours: 2 }, `Be silent about ${alert} for two hours?`);
}

function Silences() {
  const silences = all('silence').filter(({ cluster }) => cluster === chosenCluster());
  if (silences.length === 0) return null;
  return (
    <>
      <h3>Silences</h3>
      <ul>
        {silences.map(({ key, matches, until, by, comment }) => (
          <li key={key}>
            <strong>{matches}</strong> for {age(secondsUntil(until))} more, by {by}: {comment}
          </li>
        ))}
      </ul>
    </>
  );
}

function Alerts() {
  const chosen = chosenCluster();
  const alerts = all('alert')
    .filter(({ cluster }) => cluster === chosen)
    .toSorted(
      (a, b) =>
        STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
    );
  const windows = all('window').filter(({ cluster }) => cluster === chosen);
  const firing = alerts.filter(({ state }) => state === 'firing');
  const unknown = alerts.filter(({ state }) => state === 'unknown');
  return (
    <>
      <h2>Alerts</h2>
      <ClusterTabs view="timeline" />
      <p>
        {unknown.length === alerts.length
          ? 'Whether one fires is not known: no Prometheus can be asked.'
          : `${count(firing.length, 'alert')} of ${alerts.length} fire.`}
      </p>
      <Silences />
      <h3>Maintenance windows</h3>
      {windows.length === 0 && <p class="empty">There are none: alerts may come at any time.</p>}
      <ul>
        {windows.map(({ key, name, when }) => (
          <li key={key}>
            <strong>{name}</strong>: {when}
          </li>
        ))}
      </ul>
      <h3>Every alert and what to do</h3>
      <ul class="findings">
        {alerts.map(({ key, cluster, name, severity, state, summary, runbook }) => (
          <li key={key} class={severity}>
            <details>
              <summary>
                <State state={state} /> <strong>{name}</strong> <span class="dim">{severity}</span>
              </summary>
              <p>{summary}</p>
              <p class="todo">{runbook}</p>
              {csrf.value !== undefined && state === 'firing' && (
                <button onClick={() => void silence(cluster, name)}>Silence for two hours</button>
              )}
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
