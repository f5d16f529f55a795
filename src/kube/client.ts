import http from 'node:http';
import https from 'node:https';
import { KubeError } from './error.ts';
import type { KubeObject } from './object.ts';

/** Where an API server is and who asks: by a certificate or by a token. */
export interface KubeAccess {
  /** `https://127.0.0.1:6443` */
  readonly server: string;
  /** PEM; without it the authorities are those of the machine. */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** A function is asked each time: tokens of pods are renewed. */
  readonly token?: string | (() => string) | undefined;
}

/** The same by a certificate, as a twin's programs ask. */
export interface KubeConfig extends KubeAccess {
  /** PEM. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** What kind of objects: `{ apiVersion: 'apps/v1', kind: 'Deployment' }`. */
export interface KindRef {
  readonly apiVersion: string;
  readonly kind: string;
}

interface ResourceInfo {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

interface RequestOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly signal?: AbortSignal | undefined;
}

const APPLY = 'application/apply-patch+yaml';
const MERGE = 'application/merge-patch+json';

/** A client of one API server, with client certificates. */
export class KubeClient {
  readonly #config: KubeAccess;
  readonly #agent: https.Agent;
  readonly #resources = new Map<string, Promise<ResourceInfo[]>>();

  constructor(config: KubeAccess) {
    this.#config = config;
    const { ca, cert, key } = config;
    const identity = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
    this.#agent = new https.Agent({ ...identity, keepAlive: true, maxSockets: 64 });
  }

  close(): void {
    this.#agent.destroy();
  }

  /** @throws KubeError when the answer is not a success; Error when there is none. */
  async request<T = unknown>(path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.stream(path, options);
    return JSON.parse(await text(response)) as T;
  }

  /** The response of a request that succeeded, to be read by the caller. */
  async stream(path: string, options: RequestOptions = {}): Promise<http.IncomingMessage> {
    const { method = 'GET', body, contentType = 'application/json', signal } = options;
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const headers: Record<string, string> = { accept: 'application/json' };
      if (body !== undefined) headers['content-type'] = contentType;
      const { token } = this.#config;
      if (token !== undefined)
        headers['authorization'] = `Bearer ${typeof token === 'function' ? token() : token}`;
      const request = https.request(
        new URL(path, this.#config.server),
        { method, headers, agent: this.#agent, ...(signal === undefined ? {} : { signal }) },
        resolve,
      );
      request.once('error', reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 299) throw KubeError.from(status, await text(response));
    return response;
  }

  /** Path of a kind's collection, or of one of its objects. @throws KubeError 404 when the API has no such kind. */
  async path(ref: KindRef, namespace?: string, name?: string): Promise<string> {
    const resource = await this.#resource(ref);
    const parts = [groupPath(ref.apiVersion)];
    if (resource.namespaced && namespace !== undefined) parts.push('namespaces', namespace);
    parts.push(resource.name);
    if (name !== undefined) parts.push(name);
    return parts.join('/');
  }

  async get<T extends KubeObject>(ref: KindRef, name: string, namespace?: string): Promise<T> {
    return this.request<T>(await this.path(ref, namespace, name));
  }

  /**
   * Server-side apply. Fields that another manager owns are taken over.
   * @param dryRun Only says what would be: the API server validates and defaults, and keeps nothing.
   */
  async apply(object: KubeObject, fieldManager = 'homeplane', dryRun = false): Promise<KubeObject> {
    const { name, namespace } = object.metadata;
    const path = await this.path(object, namespace, name);
    const query = `fieldManager=${fieldManager}&force=true${dryRun ? '&dryRun=All' : ''}`;
    return this.request(`${path}?${query}`, {
      method: 'PATCH',
      body: object,
      contentType: APPLY,
    });
  }

  /** Merges into an object, or into its status. */
  async merge(
    object: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>,
    change: object,
    sub?: 'status',
  ): Promise<void> {
    const path = await this.path(object, object.metadata.namespace, object.metadata.name);
    await this.request(sub === undefined ? path : `${path}/${sub}`, {
      method: 'PATCH',
      body: change,
      contentType: MERGE,
    });
  }

  async #resource({ apiVersion, kind }: KindRef): Promise<ResourceInfo> {
    const remembered = this.#resources.has(apiVersion);
    const find = async () =>
      (await this.#discover(apiVersion)).find(
        ({ kind: found, name }) => found === kind && !name.includes('/'),
      );
    const found = await find();
    if (found !== undefined) return found;
    // The kind may have been installed since its group was last asked for.
    this.#resources.delete(apiVersion);
    const again = remembered ? await find() : undefined;
    if (again !== undefined) return again;
    this.#resources.delete(apiVersion);
    throw new KubeError(404, 'NotFound', `the API server has no kind ${kind} in ${apiVersion}`);
  }

  async #discover(apiVersion: string): Promise<ResourceInfo[]> {
    let discovery = this.#resources.get(apiVersion);
    if (discovery === undefined) {
      discovery = this.request<{ resources: ResourceInfo[] }>(groupPath(apiVersion)).then(
        ({ resources }) => resources,
      );
      this.#resources.set(apiVersion, discovery);
      discovery.catch(() => this.#resources.delete(apiVersion));
    }
    return discovery;
  }
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

async function text(response: http.IncomingMessage): Promise<string> {
  let body = '';
  response.setEncoding('utf8');
  for await (const chunk of response) body += chunk as string;
  return body;
}
