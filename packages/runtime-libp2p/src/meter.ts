// Counters and gauges in memory. Names come from the code, never from what peers send.
import type { Meter } from '@solvent/ports'

export class MemoryMeter implements Meter {
  readonly #values = new Map<string, number>()

  count(name: string, by = 1): void {
    this.#values.set(name, (this.#values.get(name) ?? 0) + by)
  }

  gauge(name: string, value: number): void {
    this.#values.set(name, value)
  }

  /** A copy, in the order of first use. */
  snapshot(): ReadonlyMap<string, number> {
    return new Map(this.#values)
  }
}
