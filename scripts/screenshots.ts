import { mkdirSync } from 'node:fs';
import { openBrowser } from '../test/support/browser.ts';

/**
 * Pictures of the page for its documentation: `jiti scripts/screenshots.ts http://127.0.0.1:4270/`, while
 * `npm start` shows the reference homelab, everything ready.
 */
const [address = 'http://127.0.0.1:4270/'] = process.argv.slice(2);
const FOLDER = new URL('../docs/page/', import.meta.url).pathname;

const PICTURES = [
  { name: 'overview-light', view: 'overview', width: 1280, colorScheme: 'light' },
  { name: 'overview-dark', view: 'overview', width: 1280, colorScheme: 'dark' },
  { name: 'overview-phone', view: 'overview', width: 390, colorScheme: 'dark' },
  { name: 'delivery-light', view: 'delivery', width: 1280, colorScheme: 'light' },
  { name: 'apps-phone', view: 'apps', width: 390, colorScheme: 'light' },
  { name: 'storage-dark', view: 'storage', width: 1280, colorScheme: 'dark' },
] as const;

mkdirSync(FOLDER, { recursive: true });
const browser = await openBrowser();
for (const { name, view, width, colorScheme } of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  await page.goto(`${address}#/${view}`);
  await page.locator('main h1').first().waitFor();
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${FOLDER}${name}.png`, fullPage: width < 500 });
  await page.close();
}
await browser.close();
