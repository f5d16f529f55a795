/** Bytes for a person, in powers of 1024 as Kubernetes counts: `12 GiB`. */
export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(count) / 10));
  const value = count / 1024 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

/** Seconds for a person, one unit: `40 s`, `3 min`, `2 h`, `5 d`. */
export function age(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** A time of day, or a day and a time when it was not today. */
export function clock(time: string, today: number): string {
  const at = new Date(time);
  const sameDay = at.toDateString() === new Date(today).toDateString();
  const hours = at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return sameDay ? hours : `${at.toLocaleDateString(undefined, { month: 'short', day: 'numeric' })} ${hours}`;
}
