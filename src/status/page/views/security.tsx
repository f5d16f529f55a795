import { useState } from 'preact/hooks';
import { count } from '../format.ts';
import { all } from '../items.ts';

const WORST = ['critical', 'error', 'warning', 'info'];
const SOURCES = { check: 'homeplane check', trivy: 'Trivy', compliance: 'CIS and NSA/CISA' } as const;

/** Everything that somebody found, once, the worst first; what is lived with for now stands apart. */
export function Security() {
  const [source, setSource] = useState('');
  const findings = all('finding')
    .filter((finding) => source === '' || finding.source === source)
    .toSorted((a, b) => WORST.indexOf(a.severity) - WORST.indexOf(b.severity));
  const open = findings.filter(({ waived }) => !waived);
  const waived = findings.filter((finding) => finding.waived);
  return (
    <>
      <h1>Security</h1>
      <p>
        <label for="source">Found by</label>{' '}
        <select id="source" value={source} onChange={(event) => setSource(event.currentTarget.value)}>
          <option value="">all of them</option>
          {Object.entries(SOURCES).map(([name, title]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>{' '}
        <output for="source">{count(open.length, 'finding')}</output>
      </p>
      <Findings findings={open} />
      <h2>Waived</h2>
      {waived.length === 0 ? <p class="empty">Nothing is waived.</p> : <Findings findings={waived} />}
    </>
  );
}

function Findings({ findings }: { readonly findings: ReturnType<typeof all<'finding'>> }) {
  if (findings.length === 0) return <p class="empty">Nothing was found.</p>;
  return (
    <ul class="findings">
      {findings.map(({ key, rule, source, severity, cluster, message, why, remedy, place }) => (
        <li key={key} class={severity}>
          <details>
            <summary>
              <span class={`severity ${severity}`}>{severity}</span> {message}{' '}
              <span class="dim">
                {rule}, {SOURCES[source]}
                {cluster === undefined ? '' : `, ${cluster}`}
              </span>
            </summary>
            <p>{why}</p>
            <p class="todo">{remedy}</p>
            {place !== undefined && <p class="dim">{place}</p>}
          </details>
        </li>
      ))}
    </ul>
  );
}
