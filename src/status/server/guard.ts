import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { sha256 } from '../../util/index.ts';

/** Who may read. */
export interface Access {
  /** Names that a browser may call this server by, without port; `localhost` and every address are among them. */
  readonly hosts: readonly string[];
  /** Asked for when set; without it everybody who reaches the server may read. */
  readonly token?: string | undefined;
  /** A proxy that has asked for a login: its header is believed when it comes from its address. */
  readonly proxy?: { readonly address: string; readonly header: string } | undefined;
}

export type Env = { Bindings: HttpBindings; Variables: { user: string } };

export const SESSION_COOKIE = 'homeplane';

/** Headers of every answer: nothing is loaded from elsewhere, nothing inline runs, nobody frames it. */
export const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  // There is no certificate to insist on.
  strictTransportSecurity: false,
});

/**
 * Refuses what another site makes a browser ask: a name that is not ours (DNS rebinding; an address cannot be rebound),
 * an origin that is not ours, a request that the browser itself says comes from another site.
 */
export function sameSite({ hosts }: Access): MiddlewareHandler<Env> {
  const known = new Set(['localhost', ...hosts]);
  return async (context, next) => {
    const host = context.req.header('host') ?? '';
    const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
    if (!known.has(name) && isIP(name) === 0)
      return problem(
        context,
        421,
        `this server is not called ${JSON.stringify(host)}: name it with --allowed-host`,
      );
    const origin = context.req.header('origin');
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
      return problem(context, 403, 'asked by another origin');
    const site = context.req.header('sec-fetch-site');
    const opened = context.req.header('sec-fetch-mode') === 'navigate';
    if (site !== undefined && site !== 'same-origin' && site !== 'none' && !opened)
      return problem(context, 403, 'asked by another site');
    return next();
  };
}

/** Lets in who has the token, by header or by cookie, and who a trusted proxy has let in. */
export function authenticated({ token, proxy }: Access): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (proxy !== undefined) {
      const user = context.req.header(proxy.header);
      if (user !== undefined && peerOf(context) === proxy.address) {
        context.set('user', user);
        return next();
      }
    }
    if (token === undefined && proxy === undefined) {
      context.set('user', 'local');
      return next();
    }
    if (token !== undefined) {
      const bearer = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
      const given = bearer ?? getCookie(context, SESSION_COOKIE);
      if (given !== undefined && isToken(given, token)) {
        context.set('user', 'token');
        return next();
      }
    }
    return problem(context, 401, 'a token is needed: it is in what homeplane printed when it started');
  };
}

/** In a time that tells nothing of where they differ. */
export function isToken(given: string, token: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(token)));
}

function peerOf(context: Context<Env>): string | undefined {
  return context.env.incoming.socket.remoteAddress?.replace(/^::ffff:/, '');
}

/** An error as RFC 9457 writes it. */
export function problem(
  context: Context,
  status: 400 | 401 | 403 | 404 | 409 | 421 | 502,
  detail: string,
): Response {
  return context.body(JSON.stringify({ status, detail }), status, {
    'content-type': 'application/problem+json',
  });
}
