// One schema for the body of each type of message.
import { z } from 'zod'
import { MAX_BID_SHARES, MAX_BLOCK_ITEMS, MAX_ORDERS } from '../wire/limits.ts'
import type { BlockRange, BlockRequest, Evidence, Message, SourceReport } from '../wire/message.ts'
import { refusalReasons } from '../wire/message.ts'
import type { MessageType } from '../wire/message-type.ts'
import {
  bidShareSchema,
  earlyOpeningSchema,
  quoteRequestSchema,
  signedAwardSchema,
  signedBidSchema,
  signedQuoteSchema,
  signedSealedBidSchema,
  signedSolutionSchema,
} from './auction.ts'
import { blockSchema } from './block.ts'
import { bridgeMessageSchema, signedAttestationSchema } from './bridge.ts'
import { signedTransactionSchema } from './call.ts'
import { controlMessageSchema } from './control.ts'
import { controlReplySchema } from './control-reply.ts'
import { listOf, orNull, schemaOf } from './exact.ts'
import { signedHeaderSchema } from './header.ts'
import { signedOrderSchema } from './order.ts'
import { signedPreconfirmationSchema } from './preconfirmation.ts'
import {
  booleanSchema,
  chainIdSchema,
  countSchema,
  hash32Schema,
  nodeIdSchema,
  oneOf,
  signatureSchema,
} from './scalars.ts'
import { sideChannelSchema } from './side-channel.ts'

const evidenceSchema = schemaOf<Evidence>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('conflicting-awards'),
      first: signedAwardSchema,
      second: signedAwardSchema,
    }),
    z.strictObject({
      kind: z.literal('conflicting-attestations'),
      first: signedAttestationSchema,
      second: signedAttestationSchema,
    }),
    z.strictObject({
      kind: z.literal('conflicting-headers'),
      first: signedHeaderSchema,
      second: signedHeaderSchema,
    }),
    z.strictObject({
      kind: z.literal('early-opening'),
      opening: earlyOpeningSchema,
      signature: signatureSchema,
    }),
  ]),
)

const blockRequestSchema = schemaOf<BlockRequest>()(
  z.strictObject({ chainId: chainIdSchema, from: countSchema, to: countSchema, skip: countSchema }),
)

const blockRangeSchema = schemaOf<BlockRange>()(
  z.strictObject({
    chainId: chainIdSchema,
    blocks: listOf(blockSchema, MAX_BLOCK_ITEMS),
    next: orNull(z.strictObject({ from: countSchema, skip: countSchema })),
  }),
)

const sourceReportSchema = schemaOf<SourceReport>()(
  z.strictObject({ source: nodeIdSchema, message: bridgeMessageSchema }),
)

type BodyOf<T extends MessageType> = Extract<Message, { type: T }>['body']

/** The strict schema of each type's body; the compiler holds them to the interfaces. */
export const bodySchemas = {
  order: signedOrderSchema,
  award: signedAwardSchema,
  header: signedHeaderSchema,
  attestation: signedAttestationSchema,
  evidence: evidenceSchema,
  'quote-request': quoteRequestSchema,
  bid: signedBidSchema,
  'sealed-bid': signedSealedBidSchema,
  'bid-share': bidShareSchema,
  'share-request': schemaOf<BodyOf<'share-request'>>()(z.strictObject({ orderId: hash32Schema })),
  solution: signedSolutionSchema,
  'side-channel': sideChannelSchema,
  transaction: signedTransactionSchema,
  'block-request': blockRequestSchema,
  'order-request': schemaOf<BodyOf<'order-request'>>()(
    z.strictObject({ orderIds: listOf(hash32Schema, MAX_ORDERS) }),
  ),
  control: controlMessageSchema,
  quote: signedQuoteSchema,
  receipt: schemaOf<BodyOf<'receipt'>>()(
    z.strictObject({
      accepted: booleanSchema,
      reason: orNull(oneOf(refusalReasons)),
      promise: signedPreconfirmationSchema.optional(),
    }),
  ),
  'bid-shares': schemaOf<BodyOf<'bid-shares'>>()(
    z.strictObject({ shares: listOf(bidShareSchema, MAX_BID_SHARES) }),
  ),
  blocks: blockRangeSchema,
  orders: schemaOf<BodyOf<'orders'>>()(z.strictObject({ orders: listOf(signedOrderSchema, MAX_ORDERS) })),
  'control-reply': controlReplySchema,
  'source-report': sourceReportSchema,
} as const satisfies { readonly [T in MessageType]: z.ZodType<BodyOf<T>> }
