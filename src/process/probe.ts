import http from 'node:http';
import https from 'node:https';

/** Whether a service answers; never rejects. */
export type Probe = () => Promise<boolean>;

/** What to ask, and as whom. */
export interface ProbeTarget {
  readonly url: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** An HTTP GET that is answered with 2xx in time. */
export function probeHttp(target: ProbeTarget, timeoutMs = 5_000): Probe {
  const { url, ...tls } = target;
  const get = url.startsWith('https:') ? https.get : http.get;
  return () =>
    new Promise((resolve) => {
      const request = get(url, { ...tls, agent: false, timeout: timeoutMs }, (response) => {
        response.resume();
        resolve(response.statusCode !== undefined && response.statusCode < 300);
      });
      request.once('timeout', () => request.destroy());
      request.once('error', () => resolve(false));
      request.once('close', () => resolve(false));
    });
}
