// The dashboard's server: one page, its script and style, and the runs that it was started with, read only.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { orderStory } from '@solvent/experiments'
import { isSolventError } from '@solvent/primitives'
import { Hono } from 'hono'
import { bundlePage } from './bundle.ts'
import { type GuardOptions, guard, tokenGuard } from './guard.ts'
import { addLiveRoutes } from './live-routes.ts'
import { differencesOf, type OpenRun } from './read-frame.ts'
import { RunShelf } from './run-shelf.ts'
import { addSweepRoutes } from './sweep-routes.ts'
import type { WatchedNetwork } from './watched-network.ts'
import type { WatchedSweep } from './watched-sweep.ts'

const HOST = '127.0.0.1'
const MOST_SOCKETS = 64

/** How long a request may take to arrive. */
export interface RequestLimits {
  readonly headersMs: number
  readonly requestMs: number
}

const LIMITS: RequestLimits = { headersMs: 5_000, requestMs: 10_000 }
/** Node looks at how long requests have taken only this often, and every 30 s unless told. */
const CHECKS_PER_LIMIT = 5

export interface Dashboard {
  /** With the token: whoever has it may read the runs. */
  readonly url: string
  readonly port: number
  readonly token: string
  close(): Promise<void>
}

/** What the dashboard shows. */
export interface Shown {
  readonly runs: readonly OpenRun[]
  readonly sweep: WatchedSweep | null
  readonly network: WatchedNetwork | null
}

/** Serves it on loopback. @param port 0: any that is free */
export async function serveDashboard(shown: Shown, port: number, limits = LIMITS): Promise<Dashboard> {
  const token = randomBytes(24).toString('base64url')
  let listening = port
  const options: GuardOptions = { port: () => listening, token }
  const shelf = new RunShelf(shown.runs)
  const app = await appOf(shelf, shown, options)
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.ceil(limits.headersMs / CHECKS_PER_LIMIT),
    },
  }) as Server
  server.maxConnections = MOST_SOCKETS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, resolve)
  })
  listening = (server.address() as AddressInfo).port
  return {
    url: `http://${HOST}:${listening}/#${token}`,
    port: listening,
    token,
    close: async () => {
      shown.sweep?.close()
      await shown.network?.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      await shelf.close()
    },
  }
}

async function appOf(
  shelf: RunShelf,
  { sweep, network }: Omit<Shown, 'runs'>,
  options: GuardOptions,
): Promise<Hono> {
  const { runs } = shelf
  const folder = join(import.meta.dirname, '../page')
  const page = await readFile(join(folder, 'page.html'), 'utf8')
  const style = await readFile(join(folder, 'page.css'), 'utf8')
  const script = await bundlePage()
  const app = new Hono()
  app.use('*', guard(options))
  app.use('/api/*', tokenGuard(options))
  app.get('/', (context) => context.html(page))
  app.get('/app.css', (context) => context.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.get('/app.js', (context) =>
    context.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  )
  app.get('/favicon.ico', (context) => context.body(null, 204))
  const runOf = (index: string): OpenRun | undefined =>
    /^\d{1,3}$/.test(index) ? runs[Number(index)] : undefined
  app.get('/api/shown', (context) =>
    context.json({ runs: runs.length, hasSweep: sweep !== null, isLive: network !== null }),
  )
  if (sweep !== null) addSweepRoutes(app, sweep, shelf)
  if (network !== null) addLiveRoutes(app, network)
  app.get('/api/runs', (context) =>
    context.json(
      runs.map(({ frame: { name, scenario, seed, runtime } }) => ({ name, scenario, seed, runtime })),
    ),
  )
  app.get('/api/runs/:run', (context) => {
    const run = runOf(context.req.param('run'))
    return run === undefined ? context.json({ error: 'There is no such run.' }, 404) : context.json(run.frame)
  })
  app.get('/api/runs/:run/orders/:order', async (context) => {
    const run = runOf(context.req.param('run'))
    if (run === undefined) return context.json({ error: 'There is no such run.' }, 404)
    try {
      return context.json(await orderStory(run.results, context.req.param('order')))
    } catch (error) {
      if (!isSolventError(error, 'E_USAGE')) throw error
      return context.json({ error: error.shortMessage }, 404)
    }
  })
  app.get('/api/compare/:left/:right', async (context) => {
    const [left, right] = [runOf(context.req.param('left')), runOf(context.req.param('right'))]
    if (left === undefined || right === undefined)
      return context.json({ error: 'There is no such run.' }, 404)
    return context.json(await differencesOf(left, right))
  })
  app.notFound((context) => context.json({ error: 'There is nothing here.' }, 404))
  app.onError((_, context) => context.json({ error: 'The dashboard failed to answer.' }, 500))
  return app
}
