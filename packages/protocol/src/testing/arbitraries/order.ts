// Random orders, bids, quotes and awards.
import fc from 'fast-check'
import type { Award } from '../../auction/award.ts'
import type { Bid, RevealedBid } from '../../auction/bid.ts'
import { type BidShare, MASKED_WORDS } from '../../auction/bid-share.ts'
import type { EarlyOpening } from '../../auction/early-opening.ts'
import type { Quote } from '../../auction/quote.ts'
import type { SealedBid } from '../../auction/sealed-bid.ts'
import type { Solution } from '../../auction/solution.ts'
import { auctionRules } from '../../order/auction-rule.ts'
import type { AwardRule, Order, Pricing } from '../../order/order.ts'
import { address, chainId, hash32, int256, signature, uint32, uint256 } from './scalars.ts'

const pricing: fc.Arbitrary<Pricing> = fc.oneof(
  fc.record({ rule: fc.constant('limit' as const) }),
  fc.record({
    rule: fc.constant('dutch' as const),
    startAmount: uint256,
    decayStart: uint32,
    decayEnd: uint32,
  }),
  fc.record({
    rule: fc.constant('block-dutch' as const),
    startAmount: uint256,
    decayStartBlock: uint32,
    curve: fc.array(fc.record({ blocks: fc.integer({ min: 0, max: 65_535 }), fall: int256 }), {
      minLength: 1,
      maxLength: 16,
    }),
  }),
  fc.record({ rule: fc.constant('priority-fee' as const), feeUnit: uint256, milliBipsPerFee: uint32 }),
)

const awardRule: fc.Arbitrary<AwardRule> = fc.oneof(
  fc.record({ by: fc.constant('chain' as const) }),
  fc.record({ by: fc.constant('parts' as const), leastPartBps: uint32, exclusiveUntil: uint32 }),
  fc.record({
    by: fc.constant('user' as const),
    solver: address,
    exclusiveUntil: uint32,
    overrideBps: uint32,
  }),
  fc.record({
    by: fc.constant('auctioneer' as const),
    auctioneer: address,
    rule: fc.constantFrom(...auctionRules),
    closesAt: uint32,
    exclusiveUntil: uint32,
  }),
)

export const order: fc.Arbitrary<Order> = fc.record({
  originChainId: chainId,
  originSettler: address,
  user: address,
  nonce: uint256,
  openDeadline: uint32,
  fillDeadline: uint32,
  expires: uint32,
  input: fc.record({ token: address, amount: uint256 }),
  output: fc.record({ chainId, settler: address, token: address, minAmount: uint256, recipient: address }),
  prover: address,
  pricing,
  award: awardRule,
})

export const bid: fc.Arbitrary<Bid> = fc.record({
  orderId: hash32,
  auctioneer: address,
  solver: address,
  outputAmount: uint256,
})

export const sealedBid: fc.Arbitrary<SealedBid> = fc.record({
  orderId: hash32,
  auctioneer: address,
  solver: address,
  commitment: hash32,
})

export const earlyOpening: fc.Arbitrary<EarlyOpening> = fc.record({
  orderId: hash32,
  auctioneer: address,
  witness: address,
  askedAt: uint32,
  closesAt: uint32,
})

export const bidShare: fc.Arbitrary<BidShare> = fc.record({
  sealed: sealedBid,
  signature,
  opensAfter: uint32,
  opens: hash32,
  points: fc.array(
    hash32.map((hash) => `02${hash.slice(2)}`),
    { maxLength: 3 },
  ),
  masked: fc.array(uint256, { maxLength: MASKED_WORDS }),
  share: uint256,
})

export const solution: fc.Arbitrary<Solution> = fc.record({
  auctioneer: address,
  solver: address,
  closesAt: uint32,
  items: fc.array(fc.record({ orderId: hash32, outputAmount: uint256 }), { maxLength: 4 }),
})

const revealedBid: fc.Arbitrary<RevealedBid> = fc.record({
  solver: address,
  outputAmount: uint256,
  bidHash: hash32,
})

export const award: fc.Arbitrary<Award> = fc.record({
  orderId: hash32,
  auctioneer: address,
  winner: address,
  outputAmount: uint256,
  exclusiveUntil: uint32,
  bids: fc.array(revealedBid, { maxLength: 5 }),
})

export const quote: fc.Arbitrary<Quote> = fc.record({
  quoteId: hash32,
  solver: address,
  outputAmount: uint256,
  validUntil: uint32,
})

export const signedAward = fc.record({ award, signature })

export const signedOrder = fc.record({ order, signature })
