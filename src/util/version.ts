import { createRequire } from 'node:module';

const manifest = createRequire(import.meta.url)('../../package.json') as { version: string };

/** homeplane's own version. */
export const VERSION = manifest.version;
