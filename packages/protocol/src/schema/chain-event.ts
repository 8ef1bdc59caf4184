// Schema of the typed events in receipts.
import { z } from 'zod'
import type { ChainEvent } from '../chain/chain-event.ts'
import { MAX_VERIFIERS } from '../wire/limits.ts'
import { bridgeMessageSchema } from './bridge.ts'
import { pauseAuthoritySchema } from './call.ts'
import { listOf, schemaOf } from './exact.ts'
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

export const chainEventSchema = schemaOf<ChainEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('order-opened'),
      orderId: hash32Schema,
      order: orderSchema,
      signature: signatureSchema,
      opener: addressSchema,
      exclusiveSolver: addressSchema,
      exclusiveUntil: uint32Schema,
      requiredAmount: uint256Schema,
    }),
    z.strictObject({ kind: z.literal('order-cancelled'), orderId: hash32Schema }),
    z.strictObject({
      kind: z.literal('order-filled'),
      orderId: hash32Schema,
      order: orderSchema,
      solver: addressSchema,
      payee: addressSchema,
      outputAmount: uint256Schema,
      exclusiveSolver: addressSchema,
      exclusiveUntil: uint32Schema,
      requiredAmount: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('fill-proven'),
      orderId: hash32Schema,
      payee: addressSchema,
      outputAmount: uint256Schema,
      filledAt: uint32Schema,
    }),
    z.strictObject({
      kind: z.literal('order-claimed'),
      orderId: hash32Schema,
      payee: addressSchema,
      token: addressSchema,
      amount: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('order-refunded'),
      orderId: hash32Schema,
      user: addressSchema,
      token: addressSchema,
      amount: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('nonce-used'),
      user: addressSchema,
      nonce: uint256Schema,
      orderId: hash32Schema,
    }),
    z.strictObject({ kind: z.literal('message-sent'), message: bridgeMessageSchema, digest: hash32Schema }),
    z.strictObject({
      kind: z.literal('message-delivered'),
      message: bridgeMessageSchema,
      digest: hash32Schema,
      setIndex: countSchema,
      signers: listOf(addressSchema, MAX_VERIFIERS),
    }),
    z.strictObject({
      kind: z.literal('message-conflict'),
      message: bridgeMessageSchema,
      digest: hash32Schema,
      known: hash32Schema,
    }),
    z.strictObject({
      kind: z.literal('bridge-transfer'),
      bridge: addressSchema,
      step: oneOf(['locked', 'burned', 'minted', 'released']),
      token: addressSchema,
      amount: uint256Schema,
      message: hash32Schema,
    }),
    z.strictObject({
      kind: z.literal('bridge-paused'),
      bridge: addressSchema,
      authority: pauseAuthoritySchema,
      until: uint32Schema,
    }),
    z.strictObject({
      kind: z.literal('bridge-unpaused'),
      bridge: addressSchema,
      authority: pauseAuthoritySchema,
    }),
    z.strictObject({
      kind: z.literal('batch-posted'),
      rollup: chainIdSchema,
      fromBlock: countSchema,
      toBlock: countSchema,
      tip: hash32Schema,
    }),
    z.strictObject({
      kind: z.literal('root-posted'),
      rollup: chainIdSchema,
      block: countSchema,
      stateRoot: hash32Schema,
    }),
    z.strictObject({
      kind: z.literal('proof-posted'),
      rollup: chainIdSchema,
      block: countSchema,
      stateRoot: hash32Schema,
    }),
  ]),
)
