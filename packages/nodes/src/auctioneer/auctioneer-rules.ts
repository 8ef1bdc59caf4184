// Rules of an auctioneer's conduct as small functions, so that a test can alter one (a planted bug) and watch the audit
// catch it.
import { sealedAuction } from '@solvent/mechanisms'

export interface AuctioneerRules {
  /** The auction behind the name that an order uses: the best feasible bid wins (O-14). */
  readonly auctionOf: typeof sealedAuction
}

/** The rules as they should be. */
export const auctioneerRules: AuctioneerRules = Object.freeze({ auctionOf: sealedAuction })
