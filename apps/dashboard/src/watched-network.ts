// A network that runs, as the page is told of it: the events of its nodes, its orders by them, and the heads of its chains.
import { basename } from 'node:path'
import { NetworkObserver, nodeRows, OrderBoard } from '@solvent/experiments/live'
import type { Changing } from './change-stream.ts'
import { FaultMarks } from './fault-marks.ts'
import { LiveExposures } from './live-exposures.ts'
import { type LiveChange, type LiveStart, type LiveState, MOST_LIVE_EVENTS } from './live-frame.ts'
import { headsAt, pastPoint, shownPoint } from './live-points.ts'
import { LiveSeries } from './live-series.ts'
import { LiveStories, type LiveStory } from './live-stories.ts'
import { liveTruth } from './live-truth.ts'
import type { FrameEvent, RunFrame } from './run-frame.ts'

type LoggedEvent = Awaited<ReturnType<NetworkObserver['takeEvents']>>[number]

const LOOK_MS = 500
const ASK_MS = 2_000
/** Who owes whom is more to draw up and to send. */
const EXPOSURES_MS = 4_000
/** Readers that are further behind are told everything again. */
const MOST_MARKS = 1_200
/** How much there was at a version. */
interface Mark {
  readonly version: number
  readonly events: number
  readonly points: number
  readonly exposures: number
}

export class WatchedNetwork implements Changing {
  readonly #observer: NetworkObserver
  readonly #board: OrderBoard
  readonly #events: FrameEvent[] = []
  /** Events that the limit pushed out. */
  #dropped = 0
  readonly #stories: LiveStories
  readonly #orderVersions = new Map<string, number>()
  readonly #series = new LiveSeries()
  readonly #exposures = new LiveExposures()
  readonly #faults: FaultMarks
  readonly #marks: Mark[] = [{ version: 1, events: 0, points: 0, exposures: 0 }]
  readonly #listeners = new Set<() => void>()
  #state: LiveState = { elapsedMs: 0, isRunning: true, silent: [], solvers: [], faults: [], falls: [] }
  #version = 1
  #isClosed = false
  /** Whether the watcher has told what was before. */
  #hasRecalled = false
  readonly #timers: NodeJS.Timeout[] = []

  private constructor(observer: NetworkObserver) {
    this.#observer = observer
    this.#board = new OrderBoard(observer.plan)
    this.#stories = new LiveStories(this.#board, observer.plan.spec.genesisMs)
    this.#faults = new FaultMarks(
      observer.plan.faults.map(({ label, fault, atMs }) => ({ label, kind: fault.kind, at_ms: atMs })),
    )
    this.#state = { ...this.#state, faults: this.#faults.all }
  }

  /** @throws SolventError E_NO_NETWORK */
  static async open(directory: string): Promise<WatchedNetwork> {
    const network = new WatchedNetwork(await NetworkObserver.open(directory))
    await network.#look()
    // A watcher that does not answer yet is asked again later.
    await network.#recall().catch(() => undefined)
    network.#every(LOOK_MS, () => network.#look())
    network.#every(ASK_MS, () => network.#ask())
    network.#every(EXPOSURES_MS, () => network.#askExposures())
    return network
  }

  get version(): number {
    return this.#version
  }

  get frame(): RunFrame {
    const { plan, directory } = this.#observer
    return {
      name: basename(directory),
      scenario: plan.name,
      seed: Number(plan.seed),
      runtime: 'libp2p, live',
      durationMs: this.#state.elapsedMs,
      nodes: nodeRows(plan),
      chains: plan.spec.chains.map(({ name, consensus, slotMs }) => ({
        chain: name,
        kind: consensus.kind,
        slot_ms: slotMs,
      })),
      orders: this.#board.orders,
      solvers: this.#state.solvers,
      events: this.#events,
      eventsLeftOut: this.#dropped,
      series: this.#series.all,
      silent: this.#state.silent,
      faults: this.#state.faults,
      falls: this.#state.falls,
      exposures: this.#exposures.all,
      competition: [],
      truth: liveTruth(this.#observer.truth),
    }
  }

  since(version: number | null): LiveStart | LiveChange {
    const mark = this.#marks.find((each) => each.version === version)
    const points = mark === undefined ? null : this.#series.after(mark.points)
    const exposures = mark === undefined ? null : this.#exposures.after(mark.exposures)
    if (mark === undefined || points === null || exposures === null || mark.events < this.#dropped)
      return { kind: 'start', frame: this.frame, state: this.#state }
    return {
      kind: 'change',
      events: this.#events.slice(mark.events - this.#dropped),
      orders: this.#board.orders.filter(
        ({ order_id }) => (this.#orderVersions.get(order_id) ?? 0) > mark.version,
      ),
      points,
      exposures,
      state: this.#state,
    }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What its nodes said of an order so far; null when nobody knows it. */
  story(named: string): LiveStory | null {
    return this.#stories.of(named)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const timer of this.#timers) clearTimeout(timer)
    await this.#observer.close()
  }

  /** One after the other, with a pause between; what fails is tried again. */
  #every(pauseMs: number, work: () => Promise<void>): void {
    const place = this.#timers.length
    const next = () => {
      if (this.#isClosed) return
      this.#timers[place] = setTimeout(
        () =>
          work()
            .catch(() => undefined)
            .finally(next),
        pauseMs,
      )
      this.#timers[place]!.unref()
    }
    next()
  }

  async #look(): Promise<void> {
    const events = await this.#observer.takeEvents()
    const isRunning = await this.#observer.isRunning()
    if (events.length === 0 && isRunning === this.#state.isRunning) return
    const version = this.#version + 1
    for (const event of events) this.#take(event, version)
    const last = events.at(-1)
    const elapsedMs = last === undefined ? 0 : last.atMs - this.#observer.plan.spec.genesisMs
    this.#state = {
      ...this.#state,
      isRunning,
      elapsedMs: Math.max(this.#state.elapsedMs, elapsedMs),
      faults: this.#faults.all,
    }
    this.#changed()
  }

  #take(event: LoggedEvent, version: number): void {
    const { atMs, node, kind, orderId, payload } = event
    if (kind === 'commitment') return
    const order = this.#board.take(event)
    if (order !== null) this.#orderVersions.set(order.order_id, version)
    this.#stories.take(event)
    const state = typeof payload.state === 'string' ? payload.state : null
    const at_ms = atMs - this.#observer.plan.spec.genesisMs
    this.#faults.take(at_ms, node, event)
    this.#events.push({ at_ms, node, kind, order_id: orderId, state })
    if (this.#events.length <= MOST_LIVE_EVENTS) return
    this.#events.shift()
    this.#dropped += 1
  }

  async #ask(): Promise<void> {
    if (!this.#state.isRunning) return
    const { plan } = this.#observer
    const statuses = await this.#observer.statuses()
    const nowMs = Math.max(0, ...[...statuses.values()].map((status) => status.nowMs - plan.spec.genesisMs))
    this.#series.add(headsAt(plan, statuses, nowMs))
    const measures = await this.#observer.measures().catch(() => null)
    if (measures !== null) this.#series.add(measures.points.flatMap(shownPoint))
    const silent = plan.nodes.filter(({ id }) => !statuses.has(id)).map(({ id }) => id)
    this.#state = {
      ...this.#state,
      silent,
      solvers: measures?.solvers ?? this.#state.solvers,
      elapsedMs: Math.max(this.#state.elapsedMs, nowMs),
    }
    this.#changed()
  }

  /** What has happened since the network began, as far as its watcher keeps it. */
  async #recall(): Promise<void> {
    const { points, exposures } = await this.#observer.history()
    this.#series.add(points.flatMap(pastPoint))
    this.#exposures.take(exposures)
    this.#state = { ...this.#state, falls: this.#exposures.falls }
    this.#hasRecalled = true
    this.#changed()
  }

  async #askExposures(): Promise<void> {
    if (!this.#state.isRunning) return
    if (!this.#hasRecalled) await this.#recall()
    const before = this.#exposures.count
    this.#exposures.take(await this.#observer.exposures())
    if (this.#exposures.count === before) return
    this.#state = { ...this.#state, falls: this.#exposures.falls }
    this.#changed()
  }

  #changed(): void {
    this.#version += 1
    this.#marks.push({
      version: this.#version,
      events: this.#events.length + this.#dropped,
      points: this.#series.count,
      exposures: this.#exposures.count,
    })
    if (this.#marks.length > MOST_MARKS) this.#marks.shift()
    for (const listener of this.#listeners) listener()
  }
}
