import type { ClusterStatus } from '../../observe/index.ts';
import type { ProcessEvent } from '../../process/index.ts';
import type { Event } from '../../util/index.ts';

/** Everything that `homeplane up` says, from compiling to ready. */
export type UpEvent =
  | Event
  | ProcessEvent
  | { type: 'cluster'; status: ClusterStatus }
  | { type: 'committed'; revision: string }
  /** The page answers there. */
  | { type: 'page'; url: string }
  | { type: 'note'; message: string };

/** A task that is under way. */
export interface TaskState {
  readonly task: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly detail: string;
  readonly remainingSeconds: number | undefined;
}

const KEPT_NOTES = 6;

/** What a screen shows: the sum of the events so far. */
export class View {
  readonly tasks = new Map<string, TaskState>();
  readonly clusters = new Map<string, ClusterStatus>();
  /** Latest remarks, the newest last. */
  readonly notes: string[] = [];
  readonly since: number;
  /** Address of the page. */
  page: string | undefined;

  constructor(since: number) {
    this.since = since;
  }

  apply(event: UpEvent): void {
    switch (event.type) {
      case 'started':
        this.tasks.set(event.task, {
          task: event.task,
          done: 0,
          total: undefined,
          detail: event.detail ?? '',
          remainingSeconds: undefined,
        });
        break;
      case 'progress':
        this.tasks.set(event.task, {
          task: event.task,
          done: event.done,
          total: event.total,
          detail: event.detail ?? '',
          remainingSeconds: event.remainingSeconds,
        });
        break;
      case 'finished':
        this.tasks.delete(event.task);
        break;
      case 'failed':
        this.tasks.delete(event.task);
        this.#note(`${event.task} failed: ${event.message}`);
        break;
      case 'log':
        this.#note(`${event.task}: ${event.message}`);
        break;
      case 'process-died':
        this.#note(`${event.service} ${event.reason}; starting it again in ${event.restartSeconds} s`);
        break;
      case 'cluster':
        this.clusters.set(event.status.name, event.status);
        break;
      case 'committed':
        this.#note(`committed ${event.revision.slice(0, 8)}`);
        break;
      case 'note':
        this.#note(event.message);
        break;
      case 'page':
        this.page = event.url;
        break;
      case 'process-started':
      case 'process-ready':
      case 'process-stopped':
        break;
    }
  }

  #note(message: string): void {
    this.notes.push(message);
    if (this.notes.length > KEPT_NOTES) this.notes.shift();
  }
}
