/**
 * The page's own server. `app.ts` answers, `guard.ts` says to whom, `events.ts` streams the state to any number of
 * readers, `openapi.ts` has the one table of what can be asked, `actions.ts` what can be done.
 */
export { readAssets } from './assets.ts';
export { listen, type PageServer } from './listen.ts';
