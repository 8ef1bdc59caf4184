// How late a node's timers come to be handled, in its own time: what a machine that is too slow for the clock shows first.

export class LagMeter {
  readonly #nowMs: () => number
  #worstMs = 0
  #forgivenMs = Number.NEGATIVE_INFINITY

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** A timer that was due then is handled now. */
  note(dueMs: number): void {
    if (dueMs > this.#forgivenMs) this.#worstMs = Math.max(this.#worstMs, this.#nowMs() - dueMs)
  }

  /** What was due until now is late for another reason: the process stood still, or its clock was put forward. */
  forgive(): void {
    this.#worstMs = 0
    this.#forgivenMs = this.#nowMs()
  }

  /** The most since it was last asked, virtual ms. */
  take(): number {
    const worstMs = this.#worstMs
    this.#worstMs = 0
    return worstMs
  }
}
