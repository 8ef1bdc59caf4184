/**
 * Markets with a label: tenders drawn, and bids by a kind of conduct. Everything follows from the stream, so that a
 * market can be drawn again.
 */
import type { RandomStream } from '@solvent/ports'
import type { BidMatrix } from '../bids/bid-matrix.ts'
import { bidMatrixOf, type TenderRecord } from '../bids/tender-record.ts'
import { type ConductKind, conductOf } from './conduct.ts'
import { isWithdrawn, type PricingRule, seenAsk } from './pricing-rule.ts'
import { drawTender, rounded } from './tender-draw.ts'

export interface MarketOptions {
  readonly kind: ConductKind
  readonly bidders: number
  readonly tenders: number
  /** Who colludes; default: see {@link defaultRing}. */
  readonly ring?: readonly number[] | undefined
  readonly rule?: PricingRule | undefined
  /** See {@link drawTender}. */
  readonly sharedCostSigma?: number | undefined
  /** Chance that somebody who would bid is busy elsewhere and does not; whoever is to win comes. */
  readonly absence?: number | undefined
}

export interface LabelledMarket {
  readonly kind: ConductKind
  readonly ring: readonly number[]
  readonly designated: readonly (number | null)[]
  readonly matrix: BidMatrix
}

/** @example labelledMarket({ kind: 'cover', bidders: 6, tenders: 20 }, stream).ring // [0, 1, 2, 3] */
export function labelledMarket(options: MarketOptions, stream: RandomStream): LabelledMarket {
  const { kind, bidders, tenders, ring = defaultRing(kind, bidders), rule = 'first-price' } = options
  const { sharedCostSigma = 0, absence = 0 } = options
  const records: TenderRecord[] = []
  const designated: (number | null)[] = []
  for (let turn = 0; turn < tenders; turn++) {
    const draw = drawTender(bidders, stream, sharedCostSigma)
    const conduct = conductOf(kind, { draw, turn, ring, rule, stream })
    designated.push(conduct.designated)
    records.push({
      id: turn,
      ...draw,
      bids: conduct.bids.map((bid, bidder) => {
        const isAway = absence > 0 && stream.bernoulli(absence)
        if (bid === null) return null
        const isGone = isAway || isWithdrawn(rule, { ask: bid, cost: draw.costs[bidder]! }, stream)
        return isGone && bidder !== conduct.designated ? null : rounded(seenAsk(rule, bid, draw.base), 6)
      }),
    })
  }
  return { kind, ring, designated, matrix: bidMatrixOf(records) }
}

/**
 * The ring that a kind has where none is named: nobody in competition, two thirds of the bidders in most, all in
 * `rotation` and `division`, two of them in `incomplete-cover` and `sybil` (fewer than half, where there are five).
 */
function defaultRing(kind: ConductKind, bidders: number): readonly number[] {
  return Array.from({ length: ringSize(kind, bidders) }, (_, bidder) => bidder)
}

function ringSize(kind: ConductKind, bidders: number): number {
  if (kind === 'competitive') return 0
  if (kind === 'rotation' || kind === 'division') return bidders
  if (kind === 'incomplete-cover' || kind === 'sybil') return Math.min(2, bidders)
  return Math.max(2, Math.round((2 * bidders) / 3))
}
