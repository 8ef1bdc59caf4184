// Deny-lists: whoever stands on one may not bid until its time is over (OKX intents: settling without having won → off at once; on-chain
// success below 80 % → 3 h; overstated score → 24 h; CoW: off until a vote). Times are Unix seconds.
import type { Payment } from '../mechanism.ts'
import type { Discipline } from './discipline.ts'

export class DenyList implements Discipline {
  readonly #until = new Map<string, number>()

  /** Up to and with this second; a later end stands. */
  deny(bidder: string, untilSeconds: number): void {
    this.#until.set(bidder, Math.max(untilSeconds, this.#until.get(bidder) ?? 0))
  }

  admits(bidder: string, nowSeconds: number): boolean {
    return nowSeconds > (this.#until.get(bidder) ?? -1)
  }

  record(): readonly Payment[] {
    return []
  }
}
