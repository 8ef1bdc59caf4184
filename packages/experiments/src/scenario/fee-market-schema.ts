// The shape of a chain's fee market. `constant` is what a chain has that says only its base fee.
import { z } from 'zod'
import { decimal, whole } from './schema-scalars.ts'

/** Elasticity and denominator where the file does not give them. */
export const eip1559Defaults = {
  /** EIP-1559. */
  ethereum: { elasticity: 2, denominator: 8 },
  /** OP Stack since Canyon: `eip1559Elasticity` 6, `eip1559DenominatorCanyon` 250 (superchain-registry). */
  opStack: { elasticity: 6, denominator: 250 },
} as const

/** A fee market; `defaults` are the chain family's. */
export const feeMarketSchema = (defaults: { readonly elasticity: number; readonly denominator: number }) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('constant') }),
    z.strictObject({
      kind: z.literal('eip1559'),
      elasticity: whole(1, 64).default(defaults.elasticity),
      denominator: whole(1, 1_000).default(defaults.denominator),
      minBaseFeeGwei: decimal.default('0'),
      /** Where the others' demand fills the target; `baseFeeGwei` when absent, "0" when nobody else uses the chain. */
      equilibriumBaseFeeGwei: decimal.optional(),
    }),
  ])

/** An L1's blobs; target and most of a block are EIP-7691's, the fraction as well. */
export const blobMarketSchema = z.strictObject({
  targetBlobs: whole(1, 64).default(6),
  maxBlobs: whole(1, 64).default(9),
  updateFraction: whole(500_000, 1_000_000_000).default(5_007_716),
  /** Where the others' demand fills the target, and where the chain begins. */
  baseFeeGwei: decimal.default('1'),
})

/** When a rollup's batches wait for cheaper blobs. */
export const batchPolicySchema = z.strictObject({
  maxBlobFeeGwei: decimal,
  /** OP Stack: batches are to be posted within 1,800 L1 blocks. */
  maxDelaySeconds: whole(1, 86_400).default(21_600),
})

/** Promises of inclusion that a chain's producers give, in units of the gas asset. */
export const preconfirmationSchema = z.strictObject({
  bond: decimal.default('10'),
  /** What one broken promise takes of the bond. */
  penalty: decimal.default('1'),
  withinSlots: whole(1, 1_000).default(4),
})
