/**
 * A running homelab in a terminal. One state, fed by one event stream (`view.ts`); `lines.ts` prints it as it
 * changes, `screen.ts` draws it as one screen, `json.ts` passes it on to programs. Nothing here writes to a stream.
 */
export { jsonLines } from './json.ts';
export { plainLines } from './lines.ts';
export { renderClusters, renderScreen } from './screen.ts';
export { type UpEvent, View } from './view.ts';
