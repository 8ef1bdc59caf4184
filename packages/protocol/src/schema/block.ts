// Schemas of headers, journal entries, receipts and blocks.
import { z } from 'zod'
import type { Block, Receipt } from '../chain/block.ts'
import { accountKinds, entryCauses, type JournalEntry, type Leg, type Rounding } from '../chain/journal.ts'
import { revertReasons } from '../chain/revert-reason.ts'
import { MAX_BLOCK_ITEMS } from '../wire/limits.ts'
import { signedTransactionSchema } from './call.ts'
import { chainEventSchema } from './chain-event.ts'
import { listOf, orNull, schemaOf } from './exact.ts'
import { headerSchema } from './header.ts'
import {
  addressSchema,
  countSchema,
  hash32Schema,
  oneOf,
  signatureSchema,
  signedAmountSchema,
  textSchema,
  uint256Schema,
} from './scalars.ts'

const legSchema = schemaOf<Leg>()(
  z.strictObject({
    kind: oneOf(accountKinds),
    owner: textSchema,
    token: addressSchema,
    amount: signedAmountSchema,
  }),
)

const roundingSchema = schemaOf<Rounding>()(
  z.strictObject({
    token: addressSchema,
    direction: oneOf(['floor', 'up']),
    residue: uint256Schema,
    divisor: uint256Schema,
  }),
)

export const journalEntrySchema = schemaOf<JournalEntry>()(
  z.strictObject({
    index: countSchema,
    cause: oneOf(entryCauses),
    legs: listOf(legSchema, MAX_BLOCK_ITEMS),
    rounding: listOf(roundingSchema, MAX_BLOCK_ITEMS),
  }),
)

export const receiptSchema = schemaOf<Receipt>()(
  z.strictObject({
    transactionHash: hash32Schema,
    status: oneOf(['ok', 'reverted']),
    reason: orNull(oneOf(revertReasons)),
    gasUsed: countSchema,
    entries: listOf(journalEntrySchema, MAX_BLOCK_ITEMS),
    events: listOf(chainEventSchema, MAX_BLOCK_ITEMS),
  }),
)

export const blockSchema = schemaOf<Block>()(
  z.strictObject({
    header: headerSchema,
    signature: signatureSchema,
    hash: hash32Schema,
    transactions: listOf(signedTransactionSchema, MAX_BLOCK_ITEMS),
    receipts: listOf(receiptSchema, MAX_BLOCK_ITEMS),
  }),
)
