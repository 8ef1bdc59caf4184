// The life of one node process: read the plan, say that it is loaded, start on the launcher's word, stop on
// SIGTERM or an operator's shutdown. It needs the launcher for the start only.
import { dirname, join } from 'node:path'
import { SolventError } from '@solvent/primitives'
import { readNetworkFile } from './network-file.ts'
import { NodeHost } from './node-host.ts'
import { readPlan } from './plan-file.ts'
import type { FromNodeProcess, ToNodeProcess } from './process-messages.ts'

const READY_TIMEOUT_MS = 55_000
const EXIT_IO = 4
const EXIT_BUG = 70
/** Loaded, and no word for this long: the launcher hangs. */
const ORPHAN_MS = 180_000
const LINGER_MS = 60_000
const LINGER_LOOK_MS = 5_000

/** Runs a node until it is told to stop; resolves with the process's exit code. */
export async function runNodeProcess(options: {
  readonly networkFile: string
  readonly node: string
}): Promise<number> {
  const directory = dirname(options.networkFile)
  const network = await readNetworkFile(directory)
  const plan = await readPlan(join(directory, network.plan))
  const word = launcherWord()
  tell({ kind: 'loaded' })
  const startedAtWallMs = await word.connect
  const end = Promise.withResolvers<number>()
  try {
    const host = await NodeHost.create({
      plan,
      network,
      directory,
      node: options.node,
      startedAtWallMs,
      onFatal: (error) => {
        complain(error)
        end.resolve(EXIT_BUG)
      },
      onShutdown: () => end.resolve(0),
    })
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end.resolve(0))
    // Not from a handler, which the host catches: the log says why, and the audit is still written.
    process.on('uncaughtException', (error) => {
      complain(error)
      end.resolve(EXIT_BUG)
    })
    try {
      const wallMs = plan.durationMs / network.acceleration
      const running = begin(host, word.begin).then((startedAtWallMs) =>
        endWithScenario(startedAtWallMs + wallMs, () => end.resolve(0)),
      )
      await Promise.race([running, end.promise])
      return await end.promise
    } finally {
      await host.stop()
    }
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
    complain(error)
    return error instanceof SolventError ? EXIT_IO : EXIT_BUG
  }
}

/** Resolves with the moment at which virtual time began. */
async function begin(host: NodeHost, word: Promise<number>): Promise<number> {
  await host.start(READY_TIMEOUT_MS)
  tell({ kind: 'ready' })
  const startedAtWallMs = await word
  host.begin(startedAtWallMs)
  return startedAtWallMs
}

/** A node whose launcher is gone outlives the scenario by a while and no more. */
function endWithScenario(horizonWallMs: number, end: () => void): void {
  setInterval(() => {
    if (!process.connected && Date.now() > horizonWallMs + LINGER_MS) end()
  }, LINGER_LOOK_MS)
}

/** The launcher's two words. A restarted node joins a clock that runs: it gets the second word only. */
function launcherWord(): { readonly connect: Promise<number | null>; readonly begin: Promise<number> } {
  const connect = Promise.withResolvers<number | null>()
  const begin = Promise.withResolvers<number>()
  const giveUp = () => {
    const error = new SolventError({
      code: 'E_LAUNCH',
      message: 'The launcher did not say when to start.',
      details: { launcher: process.connected ? 'silent' : 'gone' },
    })
    connect.reject(error)
    begin.reject(error)
  }
  const orphan = setTimeout(giveUp, ORPHAN_MS)
  begin.promise.catch(() => undefined)
  connect.promise.catch(() => undefined)
  // Gone while this process was still loading, or from now on.
  if (process.connected) process.once('disconnect', giveUp)
  else giveUp()
  process.on('message', (message: ToNodeProcess) => {
    if (message.kind === 'connect') connect.resolve(null)
    else {
      clearTimeout(orphan)
      connect.resolve(message.startedAtWallMs)
      begin.resolve(message.startedAtWallMs)
    }
  })
  return { connect: connect.promise, begin: begin.promise }
}

function tell(message: FromNodeProcess): void {
  // The launcher may be gone; the node goes on without it.
  if (process.connected) process.send?.(message, undefined, {}, () => undefined)
}

function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
}
