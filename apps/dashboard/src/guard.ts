// Who may ask the dashboard: a page of its own, in a browser of this machine, that was opened with the token. A page from
// elsewhere can make a browser send requests to loopback, and a name can be made to lead there (DNS rebinding): so the Host
// is checked, the Origin, and a token that no other page knows.
import { timingSafeEqual } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'

import { TOKEN_HEADER } from './token-header.ts'

/** Sent with everything. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

export interface GuardOptions {
  /** Known once the server listens. */
  readonly port: () => number
  readonly token: string
}

/** For every request: method, Host, Origin. */
export function guard({ port }: GuardOptions): MiddlewareHandler {
  return async (context, next) => {
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value)
    if (context.req.method !== 'GET') return refused(context, 405, 'Only GET is answered.')
    const host = context.req.header('host') ?? ''
    // A target with a name of its own (as proxies are asked) would stand above the Host.
    const { incoming } = context.env as HttpBindings
    if (!hostsOf(port()).includes(host) || incoming.url?.startsWith('/') !== true)
      return refused(context, 421, 'This is not a name of the dashboard.')
    const origin = context.req.header('origin')
    if (origin !== undefined && origin !== `http://${host}`)
      return refused(context, 403, 'Pages from elsewhere are not answered.')
    const site = context.req.header('sec-fetch-site')
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      return refused(context, 403, 'Pages from elsewhere are not answered.')
    await next()
  }
}

/** For what holds data: the token. */
export function tokenGuard({ token }: GuardOptions): MiddlewareHandler {
  const wanted = Buffer.from(token)
  return async (context, next) => {
    const given = Buffer.from(context.req.header(TOKEN_HEADER) ?? '')
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
      return refused(context, 401, 'Open the address that the command printed: the token is in it.')
    await next()
  }
}

const hostsOf = (port: number): string[] => [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]

function refused(context: Context, status: 401 | 403 | 405 | 421, message: string): Response {
  return context.json({ error: message }, status)
}
