// The other way round than tender-bidding.ts: a rule that a solver node prices orders with, as a strategy for tenders. The order that it sees is worth
// 10,000 and costs the tender's cost in gas; stock and limits never bind, two of three signatures prove a fill, and payment is at once. So of
// the rules by basis points only what they do about gas, limits and rivals shows; what they do about stock and bridges is the network's matter.
import type { BidContext, BiddingStrategy, PastAuction } from '../bidding-strategy.ts'
import type { TenderRule } from './tender.ts'
import { partOf } from './tender-bidding.ts'
import type { TenderStrategy } from './tender-strategy.ts'

/** 10,000 of the numeraire in E8: a part per trillion is one unit. */
const VALUE_E8 = 1_000_000_000_000n
/** The output's price and decimals, so that an amount of it is its value in E8. */
const UNIT = { priceE8: 100_000_000n, decimals: 8 } as const
/** As many auctions as a solver node looks back at. */
const MEMORY_DEPTH = 16

/** How a rule takes what an offer is for; every other rule's offer is owed as it was said. */
const USE_OF_RULE: Readonly<Record<TenderRule, BidContext['use']>> = {
  'second-price': 'second-price',
  'sealed-encrypted': 'sealed-encrypted',
  'fair-combinatorial': 'fair-combinatorial',
  'request-for-quote': 'quote',
  dutch: 'dutch',
  'block-dutch': 'dutch',
  'first-come': 'dutch',
  'priority-fee': 'priority-fee',
}

/** The price that a rule for orders asks for in a tender: what its offer leaves of the value. */
export function createOrderBidding(strategy: BiddingStrategy): TenderStrategy {
  const pastAuctions: PastAuction[] = []
  /** Of the last tender: who asked, and what the order was worth to it. */
  let last = { id: '', self: '', netValueE8: 0n }
  return {
    bid(tender) {
      const gasCostE8 = unitsOf(tender.cost)
      last = { id: tender.id, self: tender.self, netValueE8: VALUE_E8 - gasCostE8 }
      const decision = strategy.decide({
        use: USE_OF_RULE[tender.rule] ?? 'first-price',
        inputValueE8: VALUE_E8,
        gasCostE8,
        inputWrapped: false,
        output: { ...UNIT, wrapped: false, minAmount: VALUE_E8 - unitsOf(tender.reserve) },
        inventory: { free: VALUE_E8, slowFree: VALUE_E8, reference: VALUE_E8 },
        prover: { verifiers: 3, threshold: 2, exposureE8: 0n, exposureLimitE8: VALUE_E8 * VALUE_E8 },
        confirmation: 'safe',
        secondsUntilPayout: 0,
        tender,
        pastAuctions,
      })
      return decision.status === 'offer' ? partOf(VALUE_E8 - decision.outputAmount, VALUE_E8) : null
    },
    learn({ id, prices }) {
      if (id !== last.id || last.netValueE8 <= 0n) return
      let best = Number.POSITIVE_INFINITY
      for (const [bidder, price] of prices) if (bidder !== last.self && price < best) best = price
      if (best === Number.POSITIVE_INFINITY) return
      pastAuctions.push({ netValueE8: last.netValueE8, rivalBestE8: VALUE_E8 - unitsOf(best) })
      if (pastAuctions.length > MEMORY_DEPTH) pastAuctions.shift()
    },
  }
}

/** Parts of the value as its units, to the nearest. */
function unitsOf(part: number): bigint {
  return BigInt(Math.round(Math.min(1, Math.max(0, part)) * Number(VALUE_E8)))
}
