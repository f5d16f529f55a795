import { all } from '../items.ts';
import { State } from '../parts/state.tsx';

/** Every app of the user with its address, so that this can be the start page. */
export function Apps() {
  const apps = all('app');
  const routes = all('route').filter(({ host }) => !apps.some(({ url }) => url === `https://${host}`));
  return (
    <>
      <h1>Apps</h1>
      {apps.length === 0 && (
        <p class="empty">The definition has no apps: `apps: [app(...)]` of a cluster adds one.</p>
      )}
      <ul class="tiles">
        {apps.map(({ key, name, cluster, url, version, state, message, login, public: open }) => (
          <li key={key} class={`tile ${state}`}>
            <h2>{url === undefined ? name : <a href={url}>{name}</a>}</h2>
            <p class="dim">
              {url === undefined ? 'it has no address' : url.replace('https://', '')}
              <br />
              {cluster} · {version}
              {open ? ' · from everywhere' : ''}
              {login ? ' · with a login' : ''}
            </p>
            <p>
              <State state={state} /> {message}
            </p>
          </li>
        ))}
      </ul>
      <h2>The platform's own pages</h2>
      <ul class="links">
        {routes.map(({ key, host, service, login }) => (
          <li key={key}>
            <a href={`https://${host}`}>{host}</a>{' '}
            <span class="dim">
              {service}
              {login ? ', with a login' : ''}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
