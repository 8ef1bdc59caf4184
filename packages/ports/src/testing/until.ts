// Waiting for something that a runtime owes: in small steps, with a bound.
import type { ConformanceNetwork } from './harness.ts'

const STEP_MS = 20

/** Lets time pass until `done()` holds or `limitMs` of node time is over; tells which. */
export async function until(
  network: ConformanceNetwork,
  limitMs: number,
  done: () => boolean,
): Promise<boolean> {
  for (let waitedMs = 0; waitedMs <= limitMs; waitedMs += STEP_MS) {
    if (done()) return true
    await network.advance(STEP_MS)
  }
  return done()
}
