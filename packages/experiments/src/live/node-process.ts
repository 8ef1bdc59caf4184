// The life of one node process: read the plan, say that it is loaded, start on the launcher's word, stop on
// SIGTERM or an operator's shutdown. It needs the launcher for the start only.
import { dirname, join } from 'node:path'
import { SolventError } from '@solvent/primitives'
import type { Pace } from '@solvent/runtime-libp2p'
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
const LAG_EVERY_MS = 250

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
  const begun = await word.connect
  const end = Promise.withResolvers<number>()
  try {
    const host = await NodeHost.create({
      plan,
      network,
      directory,
      node: options.node,
      begun,
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
      word.onPace((pace, fromWallMs) => host.pace(pace, fromWallMs))
      // Whoever let it go on had stopped it: what fell due meanwhile was not to be handled in time.
      process.on('SIGCONT', () => host.forgiveLag())
      const running = begin(host, word.begin).then(() => {
        tellLag(host)
        endWithScenario(
          () => word.endWallMs(plan.durationMs),
          () => end.resolve(0),
        )
      })
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

/** Resolves when virtual time has its beginning. */
async function begin(host: NodeHost, word: Promise<Pace>): Promise<void> {
  await host.start(READY_TIMEOUT_MS)
  tell({ kind: 'ready' })
  host.begin((await word).startedAtWallMs)
}

/** After the signals of a turn, so that a process which goes on has heard of it. */
function tellLag(host: NodeHost): void {
  setInterval(() => setImmediate(() => tell({ kind: 'lag', lagMs: host.takeLagMs() })), LAG_EVERY_MS)
}

/** A node whose launcher is gone outlives the scenario by a while and no more. */
function endWithScenario(horizonWallMs: () => number, end: () => void): void {
  setInterval(() => {
    if (!process.connected && Date.now() > horizonWallMs() + LINGER_MS) end()
  }, LINGER_LOOK_MS)
}

interface LauncherWord {
  /** Null at the start of a network; how time began for a node that joins a running one. */
  readonly connect: Promise<Pace | null>
  readonly begin: Promise<Pace>
  /** Calls back with what has been said and will be. */
  onPace(listener: (pace: Pace, fromWallMs: number) => void): void
  /** The moment of the wall at which so much virtual time has passed since genesis. */
  endWallMs(durationMs: number): number
}

/** The launcher's words. A restarted node joins a clock that runs: it is not told to connect. */
function launcherWord(): LauncherWord {
  const connect = Promise.withResolvers<Pace | null>()
  const begin = Promise.withResolvers<Pace>()
  let latest: Extract<ToNodeProcess, { kind: 'pace' }> | null = null
  let begun: Pace | null = null
  let listener: (pace: Pace, fromWallMs: number) => void = () => undefined
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
    switch (message.kind) {
      case 'connect':
        return connect.resolve(null)
      case 'begin':
        clearTimeout(orphan)
        begun = message.pace
        connect.resolve(begun)
        return begin.resolve(begun)
      case 'pace':
        latest = message
        return listener(message.pace, message.fromWallMs)
    }
  })
  return {
    connect: connect.promise,
    begin: begin.promise,
    onPace(next) {
      listener = next
      if (latest !== null) next(latest.pace, latest.fromWallMs)
    },
    endWallMs(durationMs) {
      const { startedAtWallMs, acceleration } = latest?.pace ?? begun!
      return startedAtWallMs + durationMs / acceleration
    },
  }
}

function tell(message: FromNodeProcess): void {
  // The launcher may be gone; the node goes on without it.
  if (process.connected) process.send?.(message, undefined, {}, () => undefined)
}

function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
}
