// What the page is told of a network that runs: everything once, and then what has come since. The page and the server share
// these types.
import type {
  FrameEvent,
  FrameExposure,
  FrameFall,
  FrameFault,
  FrameOrder,
  FrameSolver,
  RunFrame,
} from './run-frame.ts'

/** More events than this push the oldest out, more samples of heads too. */
export const MOST_LIVE_EVENTS = 50_000
export const MOST_LIVE_POINTS = 2_000

export interface LiveStart {
  readonly kind: 'start'
  readonly frame: RunFrame
  readonly state: LiveState
}

export interface LiveChange {
  readonly kind: 'change'
  readonly events: readonly FrameEvent[]
  /** Those that are new or have changed. */
  readonly orders: readonly FrameOrder[]
  readonly points: readonly LivePoint[]
  /** Moments that are new; not all later than those before. */
  readonly exposures: readonly FrameExposure[]
  readonly state: LiveState
}

export interface LivePoint {
  readonly measure: string
  readonly subject: string
  readonly at_ms: number
  readonly value: number
}

export interface LiveState {
  readonly elapsedMs: number
  readonly isRunning: boolean
  /** Nodes that do not answer. */
  readonly silent: readonly string[]
  readonly solvers: readonly FrameSolver[]
  /** Those of the plan, and those that nodes have felt since: an operator may have asked for them. */
  readonly faults: readonly FrameFault[]
  readonly falls: readonly FrameFall[]
}

/** A series grows by a point where its time places it. @param series of a frame, whose points are its own */
export function addPoint(series: RunFrame['series'][number][], point: LivePoint): void {
  const { measure, subject, at_ms, value } = point
  let found = series.find((each) => each.measure === measure && each.subject === subject)
  if (found === undefined) {
    found = { measure, subject, points: [] }
    series.push(found)
  }
  const points = found.points as [number, number][]
  points.splice(points.findLastIndex(([time]) => time <= at_ms) + 1, 0, [at_ms, value])
  if (points.length > MOST_LIVE_POINTS) points.shift()
}
