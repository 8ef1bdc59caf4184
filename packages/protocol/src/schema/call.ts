// Schemas of calls and of the transactions around them.
import { z } from 'zod'
import type { Call, PauseAuthority } from '../chain/call.ts'
import type { SignedTransaction, Transaction } from '../chain/transaction.ts'
import { MAX_VERIFIERS } from '../wire/limits.ts'
import { signedAwardSchema } from './auction.ts'
import { bridgeMessageSchema, verifierSignatureSchema } from './bridge.ts'
import { listOf, orNull, schemaOf } from './exact.ts'
import { orderSchema } from './order.ts'
import {
  addressSchema,
  chainIdSchema,
  countSchema,
  hash32Schema,
  oneOf,
  signatureSchema,
  uint32Schema,
  uint256Schema,
} from './scalars.ts'

export const pauseAuthoritySchema = oneOf<PauseAuthority>(['issuer', 'guardian'])

const callSchema = schemaOf<Call>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('transfer'),
      token: addressSchema,
      to: addressSchema,
      amount: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('open'),
      order: orderSchema,
      signature: signatureSchema,
      award: orNull(signedAwardSchema),
    }),
    z.strictObject({ kind: z.literal('cancel'), order: orderSchema }),
    z.strictObject({
      kind: z.literal('fill'),
      order: orderSchema,
      award: orNull(signedAwardSchema),
      amount: uint256Schema,
      payee: addressSchema,
    }),
    z.strictObject({
      kind: z.literal('deliver'),
      message: bridgeMessageSchema,
      setIndex: countSchema,
      signatures: listOf(verifierSignatureSchema, MAX_VERIFIERS),
    }),
    z.strictObject({ kind: z.literal('claim'), orderId: hash32Schema }),
    z.strictObject({ kind: z.literal('refund'), orderId: hash32Schema }),
    z.strictObject({
      kind: z.literal('bridge-out'),
      bridge: addressSchema,
      token: addressSchema,
      amount: uint256Schema,
      dstChainId: chainIdSchema,
      recipient: addressSchema,
    }),
    z.strictObject({
      kind: z.literal('pause'),
      bridge: addressSchema,
      authority: pauseAuthoritySchema,
      until: uint32Schema,
    }),
    z.strictObject({ kind: z.literal('unpause'), bridge: addressSchema, authority: pauseAuthoritySchema }),
    z.strictObject({
      kind: z.literal('post-batch'),
      rollup: chainIdSchema,
      fromBlock: countSchema,
      toBlock: countSchema,
      tip: hash32Schema,
    }),
    z.strictObject({
      kind: z.literal('post-root'),
      rollup: chainIdSchema,
      block: countSchema,
      stateRoot: hash32Schema,
    }),
    z.strictObject({
      kind: z.literal('post-proof'),
      rollup: chainIdSchema,
      block: countSchema,
      stateRoot: hash32Schema,
    }),
  ]),
)

export const transactionSchema = schemaOf<Transaction>()(
  z.strictObject({
    chainId: chainIdSchema,
    from: addressSchema,
    nonce: countSchema,
    gasLimit: countSchema,
    maxFeePerGas: uint256Schema,
    maxPriorityFeePerGas: uint256Schema,
    call: callSchema,
  }),
)

export const signedTransactionSchema = schemaOf<SignedTransaction>()(
  z.strictObject({ transaction: transactionSchema, signature: signatureSchema }),
)
