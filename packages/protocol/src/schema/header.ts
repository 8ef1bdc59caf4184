// Schema of block headers.
import { z } from 'zod'
import type { BlockHeader, SignedHeader } from '../chain/block-header.ts'
import type { BlockMarket } from '../chain/block-market.ts'
import { schemaOf } from './exact.ts'
import {
  addressSchema,
  chainIdSchema,
  countOrMinusOneSchema,
  countSchema,
  hash32Schema,
  signatureSchema,
  uint32Schema,
  uint256Schema,
} from './scalars.ts'

const blockMarketSchema = schemaOf<BlockMarket>()(
  z.strictObject({
    backgroundGas: countSchema,
    demandPercent: countSchema,
    demandUntil: countSchema,
    blobGasUsed: countSchema,
    excessBlobGas: countSchema,
    blobDemandPercent: countSchema,
    blobDemandUntil: countSchema,
  }),
)

export const headerSchema = schemaOf<BlockHeader>()(
  z.strictObject({
    chainId: chainIdSchema,
    number: countSchema,
    emptyBefore: countSchema,
    missedBefore: countSchema,
    parentHash: hash32Schema,
    timestamp: uint32Schema,
    producer: addressSchema,
    transactionsHash: hash32Schema,
    receiptsHash: hash32Schema,
    stateRoot: hash32Schema,
    outboxRoot: hash32Schema,
    transactionCount: countSchema,
    gasUsed: countSchema,
    baseFee: uint256Schema,
    market: blockMarketSchema,
    votes: uint32Schema,
    justified: countOrMinusOneSchema,
    finalized: countOrMinusOneSchema,
  }),
)

export const signedHeaderSchema = schemaOf<SignedHeader>()(
  z.strictObject({ header: headerSchema, signature: signatureSchema }),
)
