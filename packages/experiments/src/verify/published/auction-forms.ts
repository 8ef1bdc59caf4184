// Expected prices of auctions beside the same auctions played, under their own rules. Costs are uniform on [0, 1].
// V. Krishna, Auction Theory, 2nd ed., 2.2–2.5; rings: D. Graham, R. Marshall 1987.
import { createStreams } from '@solvent/kernel'
import {
  equilibriumPrice,
  expectedPrice,
  firstPrice,
  ringPrice,
  type SealedAuction,
  secondPrice,
  underReserve,
} from '@solvent/mechanisms'
import { asAddress, asHash32 } from '@solvent/primitives'
import { figureOf } from '../../learning/figure.ts'
import { meanFigure, type PublishedRow, publishedRow } from './published-row.ts'

/** Outputs are whole numbers: what a user has to spend, less the price. */
const UNIT = 1_000_000_000
const PLAYS = 4_000
/** What plays may miss by beyond their own error. */
const REACH = 0.002

interface AuctionForm {
  readonly quantity: string
  readonly published: number
  readonly auction: SealedAuction
  readonly bidders: number
  readonly reserve?: number
  /** Of the bidders, how many send their cheapest alone. */
  readonly ring?: number
}

const FORMS: readonly AuctionForm[] = [
  ...[2, 3, 5].flatMap((bidders) =>
    [firstPrice, secondPrice].map((auction) => ({
      quantity: `price at ${auction.rule}, ${bidders} bidders`,
      published: expectedPrice(bidders),
      auction,
      bidders,
    })),
  ),
  ...[firstPrice, secondPrice].map((auction) => ({
    quantity: `payment at ${auction.rule}, 3 bidders, reserve 0.6`,
    published: underReserve(3, 0.6).expectedPayment,
    auction,
    bidders: 3,
    reserve: 0.6,
  })),
  ...[2, 3, 4].map((ring) => ({
    quantity: `price at second-price, ring of ${ring} among 4 bidders`,
    published: ringPrice(4, ring),
    auction: secondPrice,
    bidders: 4,
    ring,
  })),
]

/** Nothing is learnt, so that plays stand for sessions. */
export function auctionFormRows(): PublishedRow[] {
  return FORMS.map((form) => {
    const { quantity, published } = form
    const accept = [published - REACH, published + REACH] as const
    const figure = { quantity, published, accept, of: () => meanFigure(figureOf(paymentsOf(form))) }
    return publishedRow('uniform costs, closed form', figure, null, [])
  })
}

const NO_HASH = asHash32(`0x${'0'.repeat(64)}`)
const SOLVERS = Array.from({ length: 5 }, (_, at) => asAddress(`0x${String(at + 1).padStart(40, '0')}`))

function paymentsOf({ quantity, auction, bidders, reserve = 1, ring = 0 }: AuctionForm): number[] {
  const stream = createStreams(1).stream(`published/${quantity}`)
  return Array.from({ length: PLAYS }, () => {
    const costs = Array.from({ length: bidders }, () => stream.uniform())
    const cheapest = Math.min(...costs.slice(0, ring))
    const bids = costs.flatMap((cost, at) => {
      if (at < ring && cost !== cheapest) return []
      const price = auction.rule === 'second-price' ? cost : equilibriumPrice({ cost, bidders, reserve })
      return price === null ? [] : { solver: SOLVERS[at]!, outputAmount: outputOf(price), bidHash: NO_HASH }
    })
    const { winner, outputAmount } = auction.close(bids, outputOf(reserve))
    return winner === null ? 0 : 1 - Number(outputAmount) / UNIT
  })
}

function outputOf(price: number): bigint {
  return BigInt(Math.round((1 - price) * UNIT))
}
