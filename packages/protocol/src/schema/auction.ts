// Schemas of what auctions and requests for quotes say.
import { z } from 'zod'
import type { Award, SignedAward } from '../auction/award.ts'
import type { Bid, RevealedBid, SignedBid } from '../auction/bid.ts'
import { type BidShare, MASKED_WORDS, MAX_COMMITTEE } from '../auction/bid-share.ts'
import type { EarlyOpening } from '../auction/early-opening.ts'
import type { Quote, QuoteRequest, SignedQuote } from '../auction/quote.ts'
import type { SealedBid, SignedSealedBid } from '../auction/sealed-bid.ts'
import type { SignedSolution, Solution, SolutionItem } from '../auction/solution.ts'
import { MAX_BIDS, MAX_SOLUTION_ITEMS } from '../wire/limits.ts'
import { listOf, schemaOf } from './exact.ts'
import {
  addressSchema,
  chainIdSchema,
  hash32Schema,
  pointSchema,
  signatureSchema,
  uint32Schema,
  uint256Schema,
} from './scalars.ts'

export const bidSchema = schemaOf<Bid>()(
  z.strictObject({
    orderId: hash32Schema,
    auctioneer: addressSchema,
    solver: addressSchema,
    outputAmount: uint256Schema,
  }),
)

export const signedBidSchema = schemaOf<SignedBid>()(
  z.strictObject({ bid: bidSchema, signature: signatureSchema }),
)

const sealedBidSchema = schemaOf<SealedBid>()(
  z.strictObject({
    orderId: hash32Schema,
    auctioneer: addressSchema,
    solver: addressSchema,
    commitment: hash32Schema,
  }),
)

export const signedSealedBidSchema = schemaOf<SignedSealedBid>()(
  z.strictObject({ sealed: sealedBidSchema, signature: signatureSchema }),
)

export const bidShareSchema = schemaOf<BidShare>()(
  z.strictObject({
    sealed: sealedBidSchema,
    signature: signatureSchema,
    opensAfter: uint32Schema,
    opens: hash32Schema,
    masked: listOf(uint256Schema, MASKED_WORDS),
    points: listOf(pointSchema, MAX_COMMITTEE),
    share: uint256Schema,
  }),
)

export const earlyOpeningSchema = schemaOf<EarlyOpening>()(
  z.strictObject({
    orderId: hash32Schema,
    auctioneer: addressSchema,
    witness: addressSchema,
    askedAt: uint32Schema,
    closesAt: uint32Schema,
  }),
)

const solutionItemSchema = schemaOf<SolutionItem>()(
  z.strictObject({ orderId: hash32Schema, outputAmount: uint256Schema }),
)

const solutionSchema = schemaOf<Solution>()(
  z.strictObject({
    auctioneer: addressSchema,
    solver: addressSchema,
    closesAt: uint32Schema,
    items: listOf(solutionItemSchema, MAX_SOLUTION_ITEMS),
  }),
)

export const signedSolutionSchema = schemaOf<SignedSolution>()(
  z.strictObject({ solution: solutionSchema, signature: signatureSchema }),
)

const revealedBidSchema = schemaOf<RevealedBid>()(
  z.strictObject({ solver: addressSchema, outputAmount: uint256Schema, bidHash: hash32Schema }),
)

export const awardSchema = schemaOf<Award>()(
  z.strictObject({
    orderId: hash32Schema,
    auctioneer: addressSchema,
    winner: addressSchema,
    outputAmount: uint256Schema,
    exclusiveUntil: uint32Schema,
    bids: listOf(revealedBidSchema, MAX_BIDS),
  }),
)

export const signedAwardSchema = schemaOf<SignedAward>()(
  z.strictObject({ award: awardSchema, signature: signatureSchema }),
)

export const quoteRequestSchema = schemaOf<QuoteRequest>()(
  z.strictObject({
    quoteId: hash32Schema,
    originChainId: chainIdSchema,
    inputToken: addressSchema,
    inputAmount: uint256Schema,
    outputChainId: chainIdSchema,
    outputToken: addressSchema,
    prover: addressSchema,
    fillDeadline: uint32Schema,
    expires: uint32Schema,
  }),
)

export const quoteSchema = schemaOf<Quote>()(
  z.strictObject({
    quoteId: hash32Schema,
    solver: addressSchema,
    outputAmount: uint256Schema,
    validUntil: uint32Schema,
  }),
)

export const signedQuoteSchema = schemaOf<SignedQuote>()(
  z.strictObject({ quote: quoteSchema, signature: signatureSchema }),
)
