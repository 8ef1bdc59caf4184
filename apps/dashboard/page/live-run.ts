// A run that goes on, in the page: its frame grows in place with what the server sends.
import { keepMoment } from '../src/kept-moments.ts'
import {
  addPoint,
  type LiveChange,
  type LiveStart,
  type LiveState,
  MOST_LIVE_EVENTS,
} from '../src/live-frame.ts'
import type { RunFrame } from '../src/run-frame.ts'

type Growing = { -readonly [field in keyof RunFrame]: RunFrame[field] }

export class LiveRun {
  #frame: Growing | null = null
  #state: LiveState = { elapsedMs: 0, isRunning: true, silent: [], solvers: [], faults: [], falls: [] }

  get frame(): RunFrame | null {
    return this.#frame
  }

  get state(): LiveState {
    return this.#state
  }

  /** @returns whether everything is new */
  take(told: LiveStart | LiveChange): boolean {
    this.#state = told.state
    if (told.kind === 'start') {
      this.#frame = { ...told.frame, ...ofState(told.state) }
      return true
    }
    const frame = this.#frame!
    Object.assign(frame, ofState(told.state))
    const events = frame.events as RunFrame['events'][number][]
    events.push(...told.events)
    const surplus = events.length - MOST_LIVE_EVENTS
    if (surplus > 0) {
      events.splice(0, surplus)
      frame.eventsLeftOut += surplus
    }
    const orders = frame.orders as RunFrame['orders'][number][]
    const places = new Map(orders.map(({ order_id }, at) => [order_id, at]))
    for (const order of told.orders) {
      const at = places.get(order.order_id)
      if (at === undefined) orders.push(order)
      else orders[at] = order
    }
    for (const moment of told.exposures)
      keepMoment(frame.exposures as RunFrame['exposures'][number][], moment)
    for (const point of told.points) addPoint(frame.series as RunFrame['series'][number][], point)
    return false
  }
}

const ofState = ({ elapsedMs, silent, solvers, faults, falls }: LiveState) => ({
  durationMs: elapsedMs,
  silent,
  solvers,
  faults,
  falls,
})
