// Schemas of calls and of the transactions around them.
import { z } from 'zod'
import type { Call, TransferCall } from '../chain/call.ts'
import type { SignedTransaction, Transaction } from '../chain/transaction.ts'
import { keyCallSchema } from './account-key.ts'
import { bridgeCallSchema } from './bridge-call.ts'
import { bundleCallSchema } from './bundle.ts'
import { authorityCallSchema } from './controls.ts'
import { custodyCallSchema } from './custody.ts'
import { derivativeCallSchema } from './derivatives.ts'
import { schemaOf } from './exact.ts'
import { headerCallSchema } from './header-call.ts'
import { inboxCallSchema } from './inbox-call.ts'
import { lendingCallSchema } from './lending.ts'
import { limiterCallSchema } from './limiter.ts'
import { marketCallSchema } from './market.ts'
import { oracleCallSchema } from './oracle.ts'
import { preconfirmationCallSchema } from './preconfirmation.ts'
import { recoveryCallSchema } from './recovery.ts'
import { rotationCallSchema } from './rotation.ts'
import { addressSchema, chainIdSchema, countSchema, signatureSchema, uint256Schema } from './scalars.ts'
import { settlerCallSchema } from './settler-call.ts'
import { slashCallSchema } from './slash.ts'
import { stablecoinCallSchema } from './stablecoin.ts'
import { upgradeCallSchema } from './upgrade.ts'

const transferSchema = schemaOf<TransferCall>()(
  z.strictObject({
    kind: z.literal('transfer'),
    token: addressSchema,
    to: addressSchema,
    amount: uint256Schema,
  }),
)

const callSchema = schemaOf<Call>()(
  z.discriminatedUnion('kind', [
    transferSchema,
    keyCallSchema,
    settlerCallSchema,
    bridgeCallSchema,
    bundleCallSchema,
    custodyCallSchema,
    headerCallSchema,
    limiterCallSchema,
    recoveryCallSchema,
    rotationCallSchema,
    inboxCallSchema,
    lendingCallSchema,
    oracleCallSchema,
    stablecoinCallSchema,
    derivativeCallSchema,
    upgradeCallSchema,
    preconfirmationCallSchema,
    slashCallSchema,
    marketCallSchema,
    authorityCallSchema,
  ]),
)

export const transactionSchema = schemaOf<Transaction>()(
  z.strictObject({
    chainId: chainIdSchema,
    from: addressSchema,
    signer: addressSchema.optional(),
    nonce: countSchema,
    gasLimit: countSchema,
    maxFeePerGas: uint256Schema,
    maxPriorityFeePerGas: uint256Schema,
    blobs: countSchema.optional(),
    maxFeePerBlobGas: uint256Schema.optional(),
    call: callSchema,
  }),
)

export const signedTransactionSchema = schemaOf<SignedTransaction>()(
  z.strictObject({ transaction: transactionSchema, signature: signatureSchema }),
)
