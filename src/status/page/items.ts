import { computed, signal } from '@preact/signals';
import type { Delta, Item, ItemOf } from '../state/index.ts';

/** Where the line to the server stands. */
export type Line = 'connecting' | 'live' | 'lost' | 'locked';

export const line = signal<Line>('connecting');
/** When the server was last heard, by this machine's clock. */
export const heardAt = signal(Date.now());
/** This machine's time, once a second. */
export const now = signal(Date.now());

const items = new Map<string, Item>();
/** The same in a new wrapping each time that it is to be drawn. */
const shown = signal({ items });
/** How much further the server's clock is. */
let ahead = 0;
let drawing = false;

/** All items of a type with their keys, in the order of their keys. */
export function all<T extends Item['type']>(type: T): (ItemOf<T> & { key: string })[] {
  return [...shown.value.items]
    .filter((entry): entry is [string, ItemOf<T>] => entry[1].type === type)
    .map(([key, item]) => ({ ...item, key }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

export function one(key: string): Item | undefined {
  return shown.value.items.get(key);
}

export const homelab = computed(() => all('homelab')[0]);
/** Clusters in the order people look at them: production first. */
export const clusters = computed(() =>
  all('cluster').toSorted((a, b) => RANK.indexOf(a.environment) - RANK.indexOf(b.environment)),
);
const RANK = ['production', 'staging', 'development'];

/** Seconds since a moment of the server's clock. */
export function secondsSince(time: string): number {
  return Math.max(0, (now.value + ahead - Date.parse(time)) / 1000);
}

/** Seconds until a moment of the server's clock. */
export function secondsUntil(time: string): number {
  return Math.max(0, (Date.parse(time) - now.value - ahead) / 1000);
}

/** Follows the server for as long as the page is open. */
export function follow(): void {
  const events = new EventSource('/api/events');
  events.addEventListener('snapshot', (event) => take(event.data as string, true));
  events.addEventListener('delta', (event) => take(event.data as string, false));
  events.addEventListener('open', () => {
    line.value = 'live';
  });
  events.addEventListener('error', () => {
    if (line.value === 'live') heardAt.value = Date.now();
    line.value = 'lost';
    // It tries again by itself, but for an answer that says no.
    if (events.readyState === EventSource.CLOSED) void whyClosed();
  });
}

setInterval(() => {
  now.value = Date.now();
}, 1000);

async function whyClosed(): Promise<void> {
  const answer = await fetch('/api/permissions').catch(() => undefined);
  if (answer?.status === 401) line.value = 'locked';
  else setTimeout(follow, 2000);
}

function take(json: string, whole: boolean): void {
  const delta = JSON.parse(json) as Delta;
  ahead = Date.parse(delta.now) - Date.now();
  if (whole) items.clear();
  for (const [key, item] of Object.entries(delta.set)) items.set(key, item);
  for (const key of delta.gone) items.delete(key);
  draw();
}

/** Once a frame, however many changes came. */
function draw(): void {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    shown.value = { items };
  });
}
