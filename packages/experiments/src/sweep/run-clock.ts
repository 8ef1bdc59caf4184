// When a run has been at work for too long: by the processor time that its thread had, not by the clock, so that a busy
// machine fails no honest run. A run that waits for something uses none; the clock ends it, much later.

/** By the clock a run may take so many times its limit: one of twenty threads that share a processor. */
const CLOCK_SHARE = 20

export class RunClock {
  readonly #limitMs: number
  #run = -1
  #sinceMs = 0
  /** Of the thread when the run was first asked about; null until then. */
  #processorMs: number | null = null

  constructor(limitMs: number) {
    this.#limitMs = limitMs
  }

  /** Whether a run, -1 for none, is over its limit by the clock alone; notes when another run began. */
  isOverClock(run: number, nowMs: number): boolean {
    if (run !== this.#run) {
      this.#run = run
      this.#sinceMs = nowMs
      this.#processorMs = null
    }
    return run >= 0 && nowMs - this.#sinceMs > this.#limitMs * CLOCK_SHARE
  }

  /** Whether the same run is over its limit, now that its thread has had so much processor time since it began. */
  isOverLimit(run: number, threadMs: number): boolean {
    if (run < 0 || run !== this.#run) return false
    this.#processorMs ??= threadMs
    return threadMs - this.#processorMs > this.#limitMs
  }
}
