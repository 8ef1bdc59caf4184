// The runtime's queue, T-1 and T-5: time does not run backwards, and nothing arrives before it can. Called for every
// event of a run, so it only compares.
import type { Delivery } from './auditor.ts'
import type { Tally } from './tally.ts'

export class QueueRules {
  readonly #tally: Tally
  #timeMs = -1
  #priority = -1
  #sequence = -1

  constructor(tally: Tally) {
    this.#tally = tally
  }

  pop(timeMs: number, priority: number, sequence: number): void {
    this.#tally.checked['T-1']++
    const isLater =
      timeMs > this.#timeMs ||
      (timeMs === this.#timeMs &&
        (priority > this.#priority || (priority === this.#priority && sequence > this.#sequence)))
    if (!isLater) {
      this.#tally.breach(
        'T-1',
        timeMs,
        null,
        `popped (${timeMs}, ${priority}, ${sequence}) after (${this.#timeMs}, ${this.#priority}, ${this.#sequence})`,
      )
    }
    this.#timeMs = timeMs
    this.#priority = priority
    this.#sequence = sequence
  }

  delivery({ sentAtMs, deliveredAtMs, minLatencyMs }: Delivery): void {
    this.#tally.checked['T-5']++
    if (deliveredAtMs >= sentAtMs + minLatencyMs) return
    this.#tally.breach(
      'T-5',
      deliveredAtMs,
      null,
      `sent at ${sentAtMs}, delivered at ${deliveredAtMs}, the least latency is ${minLatencyMs}`,
    )
  }
}
