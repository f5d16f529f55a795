/**
 * What people see of a running homelab. `state/` is what is shown, as data; `server/` gives it to any number of readers,
 * `page/` draws it in a browser, and `terminal/` shows a part of it as text. Nothing here writes to a stream.
 */
export { listen, type PageServer, readAssets } from './server/index.ts';
export { factsOf, HomelabState } from './state/index.ts';
export { jsonLines, plainLines, renderClusters, type UpEvent } from './terminal/index.ts';
