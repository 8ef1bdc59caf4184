// Measures of a live network over time, as they come: for who reads all of them, and for who has read some.
import { addPoint, type LivePoint, MOST_LIVE_EVENTS } from './live-frame.ts'
import type { FrameSeries } from './run-frame.ts'

export class LiveSeries {
  readonly #series: FrameSeries[] = []
  #points: LivePoint[] = []
  #dropped = 0

  get all(): readonly FrameSeries[] {
    return this.#series
  }

  /** How many have come. */
  get count(): number {
    return this.#points.length + this.#dropped
  }

  add(points: readonly LivePoint[]): void {
    for (const point of points) addPoint(this.#series, point)
    this.#points.push(...points)
    const surplus = this.#points.length - MOST_LIVE_EVENTS
    if (surplus <= 0) return
    this.#points = this.#points.slice(surplus)
    this.#dropped += surplus
  }

  /** What came after the first `count`; null when not all of it is there any more. */
  after(count: number): readonly LivePoint[] | null {
    return count < this.#dropped ? null : this.#points.slice(count - this.#dropped)
  }
}
