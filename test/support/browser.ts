import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import packed from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const own = [process.env['CHROMIUM'], ...onPath()].find((file) => file !== undefined && isProgram(file));

/**
 * Whether there is a real Chromium: that of this machine ($CHROMIUM or on PATH), or the one that comes with the test
 * dependencies, which runs on Linux with an x86-64 processor.
 */
export const HAS_BROWSER = own !== undefined || (process.platform === 'linux' && process.arch === 'x64');

if (!HAS_BROWSER) process.stderr.write('no Chromium ($CHROMIUM, PATH): browser tests are skipped\n');

export async function openBrowser(): Promise<Browser> {
  if (own !== undefined) return chromium.launch({ executablePath: own });
  // One process for all would be ended by the first page that is.
  const args = packed.args.filter((arg) => arg !== '--single-process');
  return chromium.launch({ executablePath: await packed.executablePath(), args });
}

function onPath(): string[] {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
