// Reputation: the circuit breaker of the OIF aggregator. It opens on five failures in a row, or on less than 20 % success in at least 30
// settlements; closed again by tests after a pause that doubles. Times are Unix seconds.
import type { Payment } from '../mechanism.ts'
import type { Discipline, Settlement } from './discipline.ts'

export interface ReputationTerms {
  readonly mostFailuresInRow: number
  readonly leastSuccessPercent: number
  readonly leastSamples: number
  readonly firstPauseSeconds: number
  readonly longestPauseSeconds: number
  /** Settlements that are let through after a pause; all must succeed. */
  readonly tests: number
}

/** The aggregator's defaults; its first pause is a deployment's choice, here half a minute. */
export const OIF_REPUTATION: ReputationTerms = Object.freeze({
  mostFailuresInRow: 5,
  leastSuccessPercent: 20,
  leastSamples: 30,
  firstPauseSeconds: 30,
  longestPauseSeconds: 600,
  tests: 5,
})

/** Awards that everybody is taken to have had before, one of them a fade. */
const PRIOR_AWARDS = 20

interface Standing {
  failuresInRow: number
  samples: number
  successes: number
  pausedUntil: number
  /** The last pause; 0 before the first. */
  pauseSeconds: number
  testsLeft: number
}

export class Reputation implements Discipline {
  readonly #terms: ReputationTerms
  readonly #standings = new Map<string, Standing>()

  constructor(terms: ReputationTerms = OIF_REPUTATION) {
    this.#terms = terms
  }

  admits(bidder: string, nowSeconds: number): boolean {
    return nowSeconds >= (this.#standings.get(bidder)?.pausedUntil ?? 0)
  }

  record({ bidder, isFaded, dueSeconds }: Settlement): readonly Payment[] {
    const standing = this.#standing(bidder)
    standing.samples += 1
    if (isFaded) standing.failuresInRow += 1
    else {
      standing.successes += 1
      standing.failuresInRow = 0
    }
    if (standing.testsLeft > 0) this.#test(standing, isFaded, dueSeconds)
    else if (this.#isBad(standing)) this.#pause(standing, dueSeconds)
    return []
  }

  /** One less the smoothed rate of fades, (fades + 1)/(awards + 20), with which UniswapX's breaker begins a newcomer at one in twenty. */
  reliabilityPpm(bidder: string): number {
    const { samples = 0, successes = 0 } = this.#standings.get(bidder) ?? {}
    return Math.floor(((successes + PRIOR_AWARDS - 1) * 1_000_000) / (samples + PRIOR_AWARDS))
  }

  #test(standing: Standing, isFaded: boolean, atSeconds: number): void {
    if (isFaded) return this.#pause(standing, atSeconds)
    standing.testsLeft -= 1
    if (standing.testsLeft > 0) return
    // Passed: the record begins anew, the length of the next pause does too.
    Object.assign(standing, { samples: 0, successes: 0, failuresInRow: 0, pauseSeconds: 0 })
  }

  #isBad({ failuresInRow, samples, successes }: Standing): boolean {
    const { mostFailuresInRow, leastSamples, leastSuccessPercent } = this.#terms
    if (failuresInRow >= mostFailuresInRow) return true
    return samples >= leastSamples && successes * 100 < leastSuccessPercent * samples
  }

  #pause(standing: Standing, atSeconds: number): void {
    const { firstPauseSeconds, longestPauseSeconds, tests } = this.#terms
    standing.pauseSeconds = Math.min(
      longestPauseSeconds,
      Math.max(firstPauseSeconds, 2 * standing.pauseSeconds),
    )
    standing.pausedUntil = atSeconds + standing.pauseSeconds
    standing.testsLeft = tests
  }

  #standing(bidder: string): Standing {
    const known = this.#standings.get(bidder)
    if (known !== undefined) return known
    const standing = {
      failuresInRow: 0,
      samples: 0,
      successes: 0,
      pausedUntil: 0,
      pauseSeconds: 0,
      testsLeft: 0,
    }
    this.#standings.set(bidder, standing)
    return standing
  }
}
