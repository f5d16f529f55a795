import { createLogUpdate } from 'log-update';
import { renderScreen, type UpEvent, View } from '../status/terminal/index.ts';
import type { Io } from './io.ts';

const FRAME_MS = 200;

/** Redraws one screen a few times a second. @returns what ends it, leaving the last screen to be read. */
export function openScreen(
  io: Io,
  session: { events: { subscribe(read: (event: UpEvent) => void): () => void } },
): () => void {
  const view = new View(Date.now());
  const update = createLogUpdate(process.stdout, { showCursor: true });
  const draw = () => update(renderScreen(view, io.paint, process.stdout.columns || 80, Date.now()));
  const unsubscribe = session.events.subscribe((event) => view.apply(event));
  const timer = setInterval(draw, FRAME_MS);
  draw();
  return () => {
    clearInterval(timer);
    unsubscribe();
    draw();
    update.done();
  };
}
