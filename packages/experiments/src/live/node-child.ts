// The process of one node, as its launcher sees it: started in a group of its own, followed over IPC until it ends.
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { NETWORK_FILE } from './network-file.ts'
import type { FromNodeProcess, ToNodeProcess } from './process-messages.ts'

export interface NodeChildOptions {
  readonly id: string
  /** Of the network. */
  readonly directory: string
  /** `apps/node/src/main.ts`. */
  readonly program: string
  /** The most that its heap may grow to; left out: what the machine gives. */
  readonly heapMegabytes?: number
  /** The state has changed; `failure` is why the node could not start. */
  readonly onChange: (child: NodeChild, failure?: string) => void
}

/** In this order; `ended` from any of them. */
export type NodeChildState = 'starting' | 'loaded' | 'ready' | 'ended'

const PROCESS_LOG = 'process.log'
const TAIL_CHARACTERS = 2_000

export class NodeChild {
  readonly id: string
  /** What it says on stdout and stderr: nothing, unless something is wrong. */
  readonly logFile: string
  state: NodeChildState = 'starting'
  /** How it ended: a signal, or an exit code in words. */
  how: string | null = null
  /** Ended orderly, or on purpose: nobody needs to be told. */
  isExpected = false
  readonly #child: ChildProcess
  #lagMs = 0

  private constructor(options: NodeChildOptions, child: ChildProcess, logFile: string) {
    this.id = options.id
    this.logFile = logFile
    this.#child = child
    child.on('message', (message: FromNodeProcess) => {
      if (this.state === 'ended') return
      if (message.kind === 'lag') {
        this.#lagMs = Math.max(this.#lagMs, message.lagMs)
        return
      }
      if (message.kind === 'failed') return options.onChange(this, message.message)
      this.state = message.kind
      options.onChange(this)
    })
    const end = (how: string, isOrderly: boolean) => {
      if (this.state === 'ended') return
      this.state = 'ended'
      this.how = how
      this.isExpected ||= isOrderly
      options.onChange(this)
    }
    child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`, code === 0))
    child.on('error', (error) => {
      // Also said of a signal or message that could not be sent; the process is still there then.
      if (child.pid === undefined) end(error.message, false)
    })
  }

  /** A process group of its own, so that a terminal's Ctrl-C reaches the launcher only. */
  static async spawn(options: NodeChildOptions): Promise<NodeChild> {
    const { heapMegabytes } = options
    const directory = join(options.directory, options.id)
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const logFile = join(directory, PROCESS_LOG)
    const log = await open(logFile, 'a', 0o600)
    try {
      const child = fork(
        options.program,
        ['--network', join(options.directory, NETWORK_FILE), '--node', options.id],
        {
          detached: true,
          stdio: ['ignore', log.fd, log.fd, 'ipc'],
          execArgv: [
            '--disable-proto=delete',
            '--disallow-code-generation-from-strings',
            '--disable-warning=ExperimentalWarning',
            ...(heapMegabytes === undefined ? [] : [`--max-old-space-size=${heapMegabytes}`]),
          ],
        },
      )
      return new NodeChild(options, child, logFile)
    } finally {
      await log.close()
    }
  }

  /** Null once it has ended. */
  get pid(): number | null {
    return this.state === 'ended' ? null : (this.#child.pid ?? null)
  }

  /** Also of one that has ended; 0 for one that never was. */
  get lastPid(): number {
    return this.#child.pid ?? 0
  }

  /** How late its timers came at most since the last call, virtual ms. */
  takeLagMs(): number {
    const lagMs = this.#lagMs
    this.#lagMs = 0
    return lagMs
  }

  tell(message: ToNodeProcess): void {
    if (this.#child.connected) this.#child.send(message, () => undefined)
  }

  signal(signal: NodeJS.Signals): void {
    if (this.state !== 'ended') this.#child.kill(signal)
  }

  /** The last it said on stderr; empty when nothing. */
  lastWords(): string {
    try {
      return readFileSync(this.logFile, 'utf8').trim().slice(-TAIL_CHARACTERS)
    } catch {
      return ''
    }
  }
}
