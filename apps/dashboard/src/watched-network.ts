// A network that runs, as the page is told of it: the events of its nodes, its orders by them, and the heads of its chains.
import { basename } from 'node:path'
import { NetworkObserver, nodeRows, OrderBoard } from '@solvent/experiments/live'
import type { Changing } from './change-stream.ts'
import {
  addPoint,
  type LiveChange,
  type LivePoint,
  type LiveStart,
  type LiveState,
  MOST_LIVE_EVENTS,
} from './live-frame.ts'
import type { FrameEvent, FrameOrder, FrameSeries, RunFrame } from './run-frame.ts'

type LoggedEvent = Awaited<ReturnType<NetworkObserver['takeEvents']>>[number]

const LOOK_MS = 500
const ASK_MS = 2_000
/** Readers that are further behind are told everything again. */
const MOST_MARKS = 1_200
const MOST_STEPS = 200

/** How much there was at a version. */
interface Mark {
  readonly version: number
  readonly events: number
  readonly points: number
}

export interface LiveStory {
  readonly label: string
  readonly end: string
  readonly answer: string
  readonly steps: readonly { readonly atMs: number; readonly node: string; readonly what: string }[]
}

export class WatchedNetwork implements Changing {
  readonly #observer: NetworkObserver
  readonly #board: OrderBoard
  readonly #events: FrameEvent[] = []
  /** Events that the limit pushed out. */
  #dropped = 0
  readonly #told = new Map<string, LoggedEvent[]>()
  readonly #orderVersions = new Map<string, number>()
  readonly #series: FrameSeries[] = []
  #points: LivePoint[] = []
  #pointsDropped = 0
  readonly #marks: Mark[] = [{ version: 1, events: 0, points: 0 }]
  readonly #listeners = new Set<() => void>()
  #state: LiveState = { elapsedMs: 0, isRunning: true, silent: [] }
  #version = 1
  #isClosed = false
  readonly #timers: NodeJS.Timeout[] = []

  private constructor(observer: NetworkObserver) {
    this.#observer = observer
    this.#board = new OrderBoard(observer.plan)
  }

  /** @throws SolventError E_NO_NETWORK */
  static async open(directory: string): Promise<WatchedNetwork> {
    const network = new WatchedNetwork(await NetworkObserver.open(directory))
    await network.#look()
    network.#every(LOOK_MS, () => network.#look())
    network.#every(ASK_MS, () => network.#ask())
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
      solvers: [],
      events: this.#events,
      eventsLeftOut: this.#dropped,
      series: this.#series,
      silent: this.#state.silent,
      faults: plan.faults.map(({ label, fault, atMs }) => ({ label, kind: fault.kind, at_ms: atMs })),
      falls: [],
      exposures: [],
    }
  }

  since(version: number | null): LiveStart | LiveChange {
    const mark = this.#marks.find((each) => each.version === version)
    if (mark === undefined || mark.events < this.#dropped || mark.points < this.#pointsDropped)
      return { kind: 'start', frame: this.frame, state: this.#state }
    return {
      kind: 'change',
      events: this.#events.slice(mark.events - this.#dropped),
      orders: this.#board.orders.filter(
        ({ order_id }) => (this.#orderVersions.get(order_id) ?? 0) > mark.version,
      ),
      points: this.#points.slice(mark.points - this.#pointsDropped),
      state: this.#state,
    }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What its nodes said of an order so far; null when nobody knows it. */
  story(named: string): LiveStory | null {
    const order = this.#board.orders.find(({ label, order_id }) => label === named || order_id === named)
    if (order === undefined) return null
    const { genesisMs } = this.#observer.plan.spec
    const told = this.#told.get(order.order_id) ?? []
    const declined = told.filter(({ kind }) => kind === 'bid-declined').map(({ payload }) => payload.reason)
    return {
      label: order.label,
      end: order.end,
      answer: answerOf(order, [...new Set(declined.map(String))]),
      steps: told.map(({ atMs, node, kind, payload }) => ({
        atMs: atMs - genesisMs,
        node,
        what: [kind.replaceAll('-', ' '), payload.state, payload.reason].filter(Boolean).join(', '),
      })),
    }
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
    this.#state = { ...this.#state, isRunning, elapsedMs: Math.max(this.#state.elapsedMs, elapsedMs) }
    this.#changed()
  }

  #take(event: LoggedEvent, version: number): void {
    const { atMs, node, kind, orderId, payload } = event
    if (kind === 'commitment') return
    const order = this.#board.take(event)
    if (order !== null) this.#orderVersions.set(order.order_id, version)
    if (orderId !== null) {
      const told = this.#told.get(orderId) ?? []
      this.#told.set(orderId, told)
      if (told.length < MOST_STEPS) told.push(event)
    }
    const state = typeof payload.state === 'string' ? payload.state : null
    const at_ms = atMs - this.#observer.plan.spec.genesisMs
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
    for (const { chainId, name } of plan.spec.chains) {
      const seen = [...statuses.values()].flatMap(({ role, heads }) =>
        role === 'sequencer' ? heads.filter((head) => head.chainId === chainId) : [],
      )
      if (seen.length === 0) continue
      for (const field of ['head', 'safe', 'finalized'] as const) {
        const value = Math.max(...seen.map((head) => head[field]))
        const point = { measure: `chain.${field}`, subject: name, at_ms: nowMs, value }
        addPoint(this.#series, point)
        this.#points.push(point)
      }
    }
    const surplus = this.#points.length - MOST_LIVE_EVENTS
    if (surplus > 0) {
      this.#points = this.#points.slice(surplus)
      this.#pointsDropped += surplus
    }
    const silent = plan.nodes.filter(({ id }) => !statuses.has(id)).map(({ id }) => id)
    this.#state = { ...this.#state, silent, elapsedMs: Math.max(this.#state.elapsedMs, nowMs) }
    this.#changed()
  }

  #changed(): void {
    this.#version += 1
    this.#marks.push({
      version: this.#version,
      events: this.#events.length + this.#dropped,
      points: this.#points.length + this.#pointsDropped,
    })
    if (this.#marks.length > MOST_MARKS) this.#marks.shift()
    for (const listener of this.#listeners) listener()
  }
}

function answerOf(order: FrameOrder, declined: readonly string[]): string {
  const because = declined.length === 0 ? '' : `; solvers declined because of ${declined.join(', ')}`
  if (order.claimed_ms !== null) return `${order.winner} filled it and was paid.`
  if (order.filled_ms !== null) return `${order.winner} filled it and waits to be paid.`
  if (order.winner !== null) return `${order.winner} won it and has not filled it yet.`
  if (order.awarded_ms !== null) return `Nobody won it${because}.`
  return `Nobody has been chosen yet${because}.`
}
