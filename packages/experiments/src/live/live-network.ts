// A network of real processes: starts them, waits until they are connected, watches them, ends them. Once the
// clock runs, nothing depends on the launcher: the nodes talk to each other only.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SolventError } from '@solvent/primitives'
import type { Pace } from '@solvent/runtime-libp2p'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { isEnding } from './ending-note.ts'
import { freePorts } from './free-ports.ts'
import { didNotStart, notInTime, stillThere } from './launch-errors.ts'
import { NetworkPace } from './network-pace.ts'
import { NetworkRecord } from './network-record.ts'
import { NodeChild } from './node-child.ts'
import { writePlan } from './plan-file.ts'
import { type Comeback, takeRestartRequest } from './restart-request.ts'
import type { LostNode, RunningNetwork } from './running-network.ts'
import { WakeUps } from './wake-ups.ts'

export interface LaunchOptions {
  readonly plan: NetworkPlan
  /** For plan, network file, logs and stores; created, must be empty of a running network. */
  readonly directory: string
  /** The program of one node: `apps/node/src/main.ts`. */
  readonly nodeProgram: string
  /** Virtual seconds a second; less while the machine cannot keep up. */
  readonly acceleration: number
  readonly onSlower?: (acceleration: number) => void
  readonly onProgress?: (progress: LaunchProgress) => void
  /** A process ended although nobody asked it to. */
  readonly onLost?: (lost: LostNode) => void
  /** Gives the start up; all processes are gone when `launch` rejects. */
  readonly signal?: AbortSignal
}

export interface LaunchProgress {
  readonly phase: 'loading' | 'connecting' | 'running'
  readonly done: number
  readonly of: number
}

const LOAD_TIMEOUT_MS = 90_000
const READY_TIMEOUT_MS = 60_000
/** From the last node's readiness to the first tick of virtual time, for the word to reach all. */
const HEAD_START_MS = 500
const END_TIMEOUT_MS = 4_000
const KILL_TIMEOUT_MS = 1_000

export class LiveNetwork implements RunningNetwork {
  readonly #options: LaunchOptions
  readonly pace: NetworkPace
  readonly #record: NetworkRecord
  /** In the order of the plan. */
  readonly #children = new Map<string, NodeChild>()
  readonly #changes = new WakeUps()
  readonly #killAll = () => {
    for (const child of this.#children.values()) child.signal('SIGKILL')
  }
  #begun: Pace | null = null
  #failure: SolventError | null = null
  #ending: Promise<void> | null = null
  readonly #restarting = new Set<string>()

  private constructor(options: LaunchOptions, ports: readonly number[]) {
    this.#options = options
    this.pace = new NetworkPace({
      plan: options.plan,
      asked: options.acceleration,
      takeLagMs: () => Math.max(...[...this.#children.values()].map((child) => child.takeLagMs())),
      tell: (pace, fromWallMs) => {
        for (const child of this.#children.values()) child.tell({ kind: 'pace', pace, fromWallMs })
        this.#record.save().catch(() => undefined)
      },
      onSlower: options.onSlower,
    })
    this.#record = new NetworkRecord({ ...options, pace: this.pace, ports, children: this.#children })
    // Whatever ends the launcher short of a SIGKILL, its processes do not outlive it.
    process.on('exit', this.#killAll)
  }

  /**
   * Starts all processes and lets virtual time begin.
   *
   * @throws SolventError E_LAUNCH when a process cannot start, load or connect; all others are ended first
   */
  static async launch(options: LaunchOptions): Promise<LiveNetwork> {
    const { plan, directory } = options
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await writePlan(directory, plan)
    const network = new LiveNetwork(options, await freePorts(plan.nodes.length))
    try {
      // The nodes read it: it is there before they are, and again once their processes are known.
      await network.#record.save()
      for (const { id } of plan.nodes) await network.#spawn(id)
      await network.#record.save()
      await network.#until('loading', LOAD_TIMEOUT_MS, ({ state }) => state !== 'starting')
      for (const child of network.#children.values()) child.tell({ kind: 'connect' })
      await network.#until('connecting', READY_TIMEOUT_MS, ({ state }) => state === 'ready')
      await network.#begin()
      options.onProgress?.({ phase: 'running', done: plan.nodes.length, of: plan.nodes.length })
      return network
    } catch (error) {
      await network.end()
      throw error
    }
  }

  /** Sends a signal to one node's process. */
  signal(node: string, signal: NodeJS.Signals): void {
    this.#children.get(node)?.signal(signal)
  }

  /** SIGKILL, on purpose: nobody is told of a loss. */
  kill(node: string): void {
    const child = this.#children.get(node)
    if (child === undefined) return
    child.isExpected = true
    child.signal('SIGKILL')
  }

  /**
   * A killed node's process anew, on the same port; it joins the running network with its disk or without. Nobody comes back to
   * a network that ends, and nobody twice.
   *
   * @throws SolventError E_LAUNCH when the old process is still there
   */
  async restart(node: string, { disk, heapMegabytes }: Comeback): Promise<void> {
    const dead = this.#children.get(node)
    if (dead === undefined || this.#isEnding || this.#restarting.has(node)) return
    this.#restarting.add(node)
    try {
      if (!(await this.#changes.until(KILL_TIMEOUT_MS, () => dead.state === 'ended')))
        throw stillThere(dead, KILL_TIMEOUT_MS)
      if (disk === 'lost') {
        for (const file of DISK_FILES) await rm(join(this.#options.directory, node, file), { force: true })
      }
      await this.#spawn(node, heapMegabytes)
      await this.#record.save()
    } finally {
      this.#restarting.delete(node)
    }
  }

  /** Nodes whose process has ended. */
  get ended(): readonly { readonly node: string; readonly how: string }[] {
    return [...this.#children.values()].flatMap(({ id, state, how }) =>
      state === 'ended' ? [{ node: id, how: how ?? 'unknown' }] : [],
    )
  }

  /** Ends all processes: SIGTERM, and SIGKILL for those that are left after a while. */
  end(): Promise<void> {
    this.#ending ??= this.#end()
    return this.#ending
  }

  /** Resolves when every process has ended by itself. */
  async allEnded(): Promise<void> {
    await this.#changes.until(Number.POSITIVE_INFINITY, () => this.#hasEnded())
  }

  async #end(): Promise<void> {
    this.pace.stop()
    for (const child of this.#children.values()) {
      child.isExpected = true
      // A stopped process does not hear SIGTERM.
      child.signal('SIGCONT')
      child.signal('SIGTERM')
    }
    await this.#changes.until(END_TIMEOUT_MS, () => this.#hasEnded())
    this.#killAll()
    await this.#changes.until(KILL_TIMEOUT_MS, () => this.#hasEnded())
    process.removeListener('exit', this.#killAll)
    await this.#record.save()
  }

  get #isEnding(): boolean {
    return this.#ending !== null || isEnding(this.#options.directory)
  }

  #hasEnded(): boolean {
    return [...this.#children.values()].every(({ state }) => state === 'ended')
  }

  async #begin(): Promise<void> {
    this.#begun = this.pace.begin(Date.now() + HEAD_START_MS)
    for (const child of this.#children.values()) this.#tellBegin(child)
    await this.#record.save()
  }

  /** A node that joins later hears how time began, and how it runs since. */
  #tellBegin(child: NodeChild): void {
    if (this.#begun === null) return
    child.tell({ kind: 'begin', pace: this.#begun })
    const { told } = this.pace
    if (told !== null) child.tell({ kind: 'pace', ...told })
  }

  async #spawn(id: string, heapMegabytes?: number): Promise<void> {
    const { directory, nodeProgram } = this.#options
    const child = await NodeChild.spawn({
      id,
      directory,
      program: nodeProgram,
      ...(heapMegabytes === undefined ? {} : { heapMegabytes }),
      onChange: (changed, failure) => this.#onChange(changed, failure),
    })
    this.#children.set(id, child)
    // The end may have come while it was spawned.
    if (this.#isEnding) child.signal('SIGKILL')
  }

  #onChange(child: NodeChild, failure?: string): void {
    const isStarting = this.#begun === null
    if (child.state === 'loaded') this.#tellBegin(child)
    if (isStarting && failure !== undefined) this.#fail(child, failure)
    if (child.state === 'ended') {
      if (isStarting && this.#ending === null) this.#fail(child, `${child.how}\n${child.lastWords()}`.trim())
      else if (!child.isExpected)
        this.#options.onLost?.({ node: child.id, how: child.how!, lastWords: child.lastWords() })
      if (this.#ending === null) {
        void this.#record.save().catch(() => undefined)
        if (!isStarting && !child.isExpected) void this.#restartIfAsked(child)
      }
    }
    this.#changes.wake()
  }

  /** Whoever ended the process may have left word that it is to come back. */
  async #restartIfAsked({ id, lastPid }: NodeChild): Promise<void> {
    const request = await takeRestartRequest(this.#options.directory, id, lastPid)
    if (request === null) return
    await sleep(request.afterWallMs, undefined, { ref: false })
    await this.restart(id, request).catch(() => undefined)
  }

  #fail(child: NodeChild, why: string): void {
    this.#failure ??= didNotStart(child, why)
  }

  async #until(
    phase: 'loading' | 'connecting',
    timeoutMs: number,
    isDone: (child: NodeChild) => boolean,
  ): Promise<void> {
    const children = [...this.#children.values()]
    const report = () =>
      this.#options.onProgress?.({ phase, done: children.filter(isDone).length, of: children.length })
    const { signal } = this.#options
    const onAbort = () => this.#changes.wake()
    const stopReporting = this.#changes.onWake(report)
    report()
    signal?.addEventListener('abort', onAbort)
    const inTime = await this.#changes.until(
      timeoutMs,
      () => signal?.aborted === true || this.#failure !== null || children.every(isDone),
    )
    signal?.removeEventListener('abort', onAbort)
    stopReporting()
    signal?.throwIfAborted()
    if (this.#failure !== null) throw this.#failure
    if (inTime) return
    const late = children.filter((child) => !isDone(child)).map(({ id }) => id)
    throw notInTime({ phase, waitedMs: timeoutMs, nodes: late, directory: this.#options.directory })
  }
}

/** What a node knows from before: gone with its disk. Its logs stay, they are evidence. */
const DISK_FILES = ['store.log', 'snapshot.bin', 'penalties.json']
