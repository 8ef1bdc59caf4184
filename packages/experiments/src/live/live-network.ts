// A network of real processes: starts them, waits until they are connected, watches them, ends them. Once the
// clock runs, nothing depends on the launcher: the nodes talk to each other only.
import { type ChildProcess, fork } from 'node:child_process'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeCanonical, SolventError } from '@solvent/primitives'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { freePorts } from './free-ports.ts'
import { NETWORK_FILE, type NetworkFile, PLAN_FILE, writeNetworkFile } from './network-file.ts'
import type { FromNodeProcess, ToNodeProcess } from './process-messages.ts'

export interface LaunchOptions {
  readonly plan: NetworkPlan
  /** For plan, network file, logs and stores; created, must be empty of a running network. */
  readonly directory: string
  /** The program of one node: `apps/node/src/main.ts`. */
  readonly nodeProgram: string
  readonly acceleration: number
  readonly onProgress?: (progress: LaunchProgress) => void
  /** A process ended although nobody asked it to. */
  readonly onLost?: (node: string, how: string) => void
  /** Gives the start up; all processes are gone when `launch` rejects. */
  readonly signal?: AbortSignal
}

export interface LaunchProgress {
  readonly phase: 'loading' | 'connecting' | 'running'
  readonly done: number
  readonly of: number
}

const LOAD_TIMEOUT_MS = 60_000
const READY_TIMEOUT_MS = 30_000
/** From the last node's readiness to the first tick of virtual time, for the word to reach all. */
const HEAD_START_MS = 300

interface Member {
  readonly id: string
  readonly role: string
  readonly port: number
  child: ChildProcess
  state: 'starting' | 'loaded' | 'ready' | 'ended'
  /** Set when the launcher ends it or the network ends. */
  isExpected: boolean
}

export class LiveNetwork {
  readonly directory: string
  readonly #options: LaunchOptions
  readonly #members: readonly Member[]
  readonly #waiting = new Set<() => void>()
  #startedAtWallMs: number | null = null
  #failure: SolventError | null = null
  #isEnding = false

  private constructor(options: LaunchOptions, members: readonly Member[]) {
    this.directory = options.directory
    this.#options = options
    this.#members = members
    for (const member of members) this.#watch(member)
  }

  /**
   * Starts all processes and lets virtual time begin.
   *
   * @throws SolventError E_LAUNCH when a process cannot start, load or connect; all others are ended first
   */
  static async launch(options: LaunchOptions): Promise<LiveNetwork> {
    await mkdir(options.directory, { recursive: true, mode: 0o700 })
    const { plan } = options
    await writeFile(join(options.directory, PLAN_FILE), encodeCanonical(plan, { maxDepth: 32 }), {
      mode: 0o600,
    })
    const ports = await freePorts(plan.nodes.length)
    const network = new LiveNetwork(
      options,
      await Promise.all(plan.nodes.map(({ id, role }, index) => spawn(options, id, role, ports[index]!))),
    )
    try {
      await network.#save()
      await network.#until('loading', LOAD_TIMEOUT_MS, (member) => member.state !== 'starting')
      network.#tellAll({ kind: 'connect' })
      await network.#until('connecting', READY_TIMEOUT_MS, (member) => member.state === 'ready')
      await network.#begin()
      options.onProgress?.({ phase: 'running', done: plan.nodes.length, of: plan.nodes.length })
      return network
    } catch (error) {
      await network.end()
      throw error
    }
  }

  /** Unix ms of the wall at which virtual time began. */
  get startedAtWallMs(): number {
    return this.#startedAtWallMs!
  }

  /** Names of the processes that still run. */
  get alive(): string[] {
    return this.#members.filter(({ state }) => state !== 'ended').map(({ id }) => id)
  }

  /** Sends a signal to one node's process; SIGKILL is expected to end it. */
  signal(node: string, signal: NodeJS.Signals): void {
    const member = this.#members.find(({ id }) => id === node)
    member?.child.kill(signal)
  }

  /** SIGKILL, on purpose. */
  kill(node: string): void {
    const member = this.#members.find(({ id }) => id === node)
    if (member === undefined) return
    member.isExpected = true
    member.child.kill('SIGKILL')
  }

  /** A killed node's process anew, on the same directory and port; it joins the running network. */
  async restart(node: string): Promise<void> {
    const member = this.#members.find(({ id }) => id === node)
    if (member === undefined || member.state !== 'ended' || this.#isEnding) return
    const { child } = await spawn(this.#options, member.id, member.role, member.port)
    Object.assign(member, { child, state: 'starting', isExpected: false })
    this.#watch(member)
    const begin: ToNodeProcess = { kind: 'begin', startedAtWallMs: this.#startedAtWallMs! }
    child.on('message', (message: FromNodeProcess) => {
      if (message.kind === 'loaded' && child.connected) child.send(begin)
    })
    await this.#save()
  }

  /** Ends all processes: SIGTERM, and SIGKILL for those that are left after `deadlineMs`. */
  async end(deadlineMs = 4_000): Promise<void> {
    this.#isEnding = true
    for (const member of this.#members) {
      member.isExpected = true
      // A stopped process does not hear SIGTERM.
      member.child.kill('SIGCONT')
      member.child.kill('SIGTERM')
    }
    await this.#wait(deadlineMs, () => this.alive.length === 0)
    for (const member of this.#members) if (member.state !== 'ended') member.child.kill('SIGKILL')
    await this.#wait(1_000, () => this.alive.length === 0)
    await this.#save()
  }

  /** Resolves when every process has ended by itself. */
  async ended(): Promise<void> {
    await this.#wait(Number.POSITIVE_INFINITY, () => this.alive.length === 0)
  }

  async #begin(): Promise<void> {
    this.#startedAtWallMs = Date.now() + HEAD_START_MS
    this.#tellAll({ kind: 'begin', startedAtWallMs: this.#startedAtWallMs })
    await this.#save()
  }

  #tellAll(message: ToNodeProcess): void {
    for (const { child } of this.#members) if (child.connected) child.send(message)
  }

  async #until(
    phase: 'loading' | 'connecting',
    timeoutMs: number,
    isDone: (member: Member) => boolean,
  ): Promise<void> {
    const total = this.#members.length
    const report = () =>
      this.#options.onProgress?.({ phase, done: this.#members.filter(isDone).length, of: total })
    this.#waiting.add(report)
    report()
    const { signal } = this.#options
    signal?.addEventListener('abort', () => this.#wake(), { once: true })
    const inTime = await this.#wait(
      timeoutMs,
      () => signal?.aborted === true || this.#failure !== null || this.#members.every(isDone),
    )
    this.#waiting.delete(report)
    signal?.throwIfAborted()
    if (this.#failure !== null) throw this.#failure
    if (inTime) return
    const late = this.#members.filter((member) => !isDone(member)).map(({ id }) => id)
    throw new SolventError({
      code: 'E_LAUNCH',
      message: `Nodes did not come up in time.`,
      details: { phase, waitedMs: timeoutMs, nodes: late.join(', ') },
      hint: `Their logs are in ${this.directory}.`,
    })
  }

  #watch(member: Member): void {
    const { child } = member
    child.on('message', (message: FromNodeProcess) => {
      if (message.kind === 'failed') this.#fail(member, message.message)
      else member.state = message.kind
      this.#wake()
    })
    child.on('exit', (code, signal) => {
      const wasStarting = member.state !== 'ready'
      member.state = 'ended'
      const how = signal ?? `exit code ${code}`
      if (!member.isExpected && wasStarting) this.#fail(member, how)
      else if (!member.isExpected && (signal !== null || code !== 0)) this.#options.onLost?.(member.id, how)
      this.#wake()
    })
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake()
  }

  #fail(member: Member, why: string): void {
    this.#failure ??= new SolventError({
      code: 'E_LAUNCH',
      message: `Node ${member.id} did not start: ${why}`,
      details: { node: member.id, log: join(this.directory, member.id, 'process.log') },
    })
  }

  /** True when the condition came to hold in time. */
  #wait(timeoutMs: number, holds: () => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(timeoutMs) ? setTimeout(() => finish(false), timeoutMs) : undefined
      const finish = (result: boolean) => {
        clearTimeout(timer)
        this.#waiting.delete(check)
        resolve(result)
      }
      const check = () => {
        if (holds()) finish(true)
      }
      this.#waiting.add(check)
      check()
    })
  }

  async #save(): Promise<void> {
    const { plan, acceleration } = this.#options
    const content: NetworkFile = {
      format: 'solvent-network/1',
      name: plan.name,
      seed: plan.seed,
      plan: PLAN_FILE,
      genesisMs: plan.spec.genesisMs,
      acceleration,
      startedAtWallMs: this.#startedAtWallMs,
      launcherPid: process.pid,
      nodes: this.#members.map(({ id, role, port, child, state }) => ({
        id,
        role,
        port,
        pid: state === 'ended' ? null : (child.pid ?? null),
        directory: id,
      })),
    }
    await writeNetworkFile(this.directory, content)
  }
}

/** One node process in a process group of its own, so that a terminal's Ctrl-C reaches the launcher only. */
async function spawn(options: LaunchOptions, id: string, role: string, port: number): Promise<Member> {
  const directory = join(options.directory, id)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const log = await open(join(directory, 'process.log'), 'a', 0o600)
  try {
    const child = fork(
      options.nodeProgram,
      ['--network', join(options.directory, NETWORK_FILE), '--node', id],
      {
        detached: true,
        stdio: ['ignore', log.fd, log.fd, 'ipc'],
        execArgv: [
          '--disable-proto=delete',
          '--disallow-code-generation-from-strings',
          '--disable-warning=ExperimentalWarning',
        ],
      },
    )
    return { id, role, port, child, state: 'starting', isExpected: false }
  } finally {
    await log.close()
  }
}
