import type { Store } from '../state/index.ts';

/** What Prometheus is told of this server. */
export class ServerMetrics {
  readers = 0;
  eventsSent = 0;
  bytesSent = 0;
  readonly #requests = new Map<string, number>();

  count(method: string, route: string, status: number): void {
    const labels = `method="${method}",route="${route}",status="${status}"`;
    this.#requests.set(labels, (this.#requests.get(labels) ?? 0) + 1);
  }

  /** In the text format 0.0.4 of Prometheus. */
  text(store: Store): string {
    const items = [...store.items()].map(([, item]) => item);
    const clusters = items.filter((item) => item.type === 'cluster');
    return [
      ...metric('homeplane_sse_readers', 'gauge', 'Readers of the event stream now.', [['', this.readers]]),
      ...metric('homeplane_sse_events_total', 'counter', 'Events sent to all readers.', [
        ['', this.eventsSent],
      ]),
      ...metric('homeplane_sse_sent_bytes_total', 'counter', 'Bytes of events sent.', [['', this.bytesSent]]),
      ...metric('homeplane_state_version', 'counter', 'Versions of the state so far.', [['', store.version]]),
      ...metric('homeplane_state_items', 'gauge', 'Items in the state.', [['', items.length]]),
      ...metric('homeplane_problems', 'gauge', 'Problems now.', [
        ['', items.filter(({ type }) => type === 'problem').length],
      ]),
      ...metric(
        'homeplane_cluster_ready',
        'gauge',
        'Whether everything in a cluster is ready.',
        clusters.map(({ name, state }) => [`cluster="${name}"`, state === 'ready' ? 1 : 0]),
      ),
      ...metric('homeplane_http_requests_total', 'counter', 'Requests answered.', [...this.#requests]),
      ...metric('process_resident_memory_bytes', 'gauge', 'Resident memory size in bytes.', [
        ['', process.memoryUsage.rss()],
      ]),
      '',
    ].join('\n');
  }
}

function metric(
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  samples: readonly (readonly [labels: string, value: number])[],
): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}${labels === '' ? '' : `{${labels}}`} ${value}`),
  ];
}
