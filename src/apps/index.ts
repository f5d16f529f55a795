/**
 * The user's own workloads: `app()` for one image and what it needs, `helmApp()` for a chart. Restricted by default:
 * no root, no writable file system, no talking to anybody that is not named. Gives the same contribution as a
 * component, so that everything downstream treats both alike.
 */
export { app } from './app.ts';
export { helmApp } from './helm-app.ts';
export { manifests } from './manifests.ts';
export { secret } from './secret.ts';
