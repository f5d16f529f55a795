// Many readers of one event stream, in a process of their own: they must not slow down whom they read from.
// Writes one line of JSON when it is told to stop: what each reader missed, and how late it was told.
import http from 'node:http';

const [url, count] = process.argv.slice(2);
const readers = Array.from({ length: Number(count) }, open);

function open(_, index) {
  // One in ten reads slowly: it stops for a second now and then, and is late by its own doing.
  const slow = index % 10 === 0;
  const reader = { slow, at: undefined, snapshots: 0, events: 0, gaps: 0, late: [], behind: [] };
  http.get(`${url}/api/events`, { agent: false }, (response) => {
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (chunk) => {
      const events = (rest + chunk).split('\n\n');
      rest = events.pop();
      for (const event of events) take(reader, event);
      if (slow && Math.random() < 0.01) {
        response.pause();
        setTimeout(() => response.resume(), 1000);
      }
    });
  });
  return reader;
}

function take(reader, event) {
  const version = Number(/^id: \w+\.(\d+)$/m.exec(event)?.[1]);
  if (Number.isNaN(version)) return;
  const now = Date.now();
  reader.events += 1;
  if (event.startsWith('event: snapshot')) reader.snapshots += 1;
  else {
    if (reader.at !== undefined && version !== reader.at + 1) reader.gaps += 1;
    const told = /"now":"([^"]+)"/.exec(event)?.[1];
    if (told !== undefined) reader.late.push(now - Date.parse(told));
    // When the change was made at the API server is in the image's tag.
    for (const [, made] of event.matchAll(/example\.org\/marker:(\d+)/g))
      reader.behind.push(now - Number(made));
  }
  reader.at = version;
}

process.stdin.on('end', () => {
  const all = (key) =>
    readers
      .filter(({ slow }) => !slow)
      .flatMap((reader) => reader[key])
      .toSorted((a, b) => a - b);
  const quantile = (values, q) => values[Math.min(values.length - 1, Math.floor(values.length * q))];
  const [late, behind] = [all('late'), all('behind')];
  process.stdout.write(
    JSON.stringify({
      versions: [...new Set(readers.map(({ at }) => at))],
      gaps: readers.reduce((sum, { gaps }) => sum + gaps, 0),
      snapshots: readers.reduce((sum, { snapshots }) => sum + snapshots, 0),
      events: readers.reduce((sum, { events }) => sum + events, 0),
      late: { p50: quantile(late, 0.5), p99: quantile(late, 0.99), max: late.at(-1) },
      behind: {
        p50: quantile(behind, 0.5),
        p99: quantile(behind, 0.99),
        max: behind.at(-1),
        count: behind.length,
      },
    }),
    () => process.exit(0),
  );
});
process.stdin.resume();
