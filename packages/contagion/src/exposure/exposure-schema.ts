/** The schema of exposure networks, as they are saved and read. */
import { z } from 'zod'
import { MAX_AMOUNT } from '../network/sparse-matrix.ts'
import { type ExposureNetwork, GUARANTEE_CALLS, LAYERS, NODE_KINDS } from './exposure-network.ts'

/** The most nodes, and the most claims or holdings, of a network that is read from a file. */
export const MAX_FILE_NODES = 200_000
export const MAX_FILE_CLAIMS = 2_000_000
/** The most guarantees: each may ask for one more clearing. */
const MAX_FILE_GUARANTEES = 10_000
const MAX_RANK = 15

const idSchema = z.string().min(1).max(100)
const amountSchema = z.number().min(0).max(MAX_AMOUNT)

const nodeSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(NODE_KINDS).optional(),
  externalAssets: amountSchema,
  externalLiabilities: amountSchema,
  buffer: amountSchema.optional(),
  weight: amountSchema.optional(),
  sigmaAsset: z.number().min(0).max(100).optional(),
})

const claimSchema = z.strictObject({
  debtor: idSchema,
  creditor: idSchema,
  amount: amountSchema,
  layer: z.enum(LAYERS).optional(),
  seniority: z.int().min(0).max(MAX_RANK).optional(),
})

/** Accepts exactly an {@link ExposureNetwork}; references between its parts are for {@link balanceSheets}. */
export const exposureNetworkSchema: z.ZodType<ExposureNetwork> = z.strictObject({
  format: z.literal('solvent-exposures'),
  version: z.union([z.literal(1), z.literal(2), z.literal(3)], { error: 'must be 1, 2 or 3' }),
  atMs: z.int().min(0).optional(),
  unit: z.string().min(1).max(20).optional(),
  label: z.string().min(1).max(1_000).optional(),
  nodes: z.array(nodeSchema).max(MAX_FILE_NODES),
  claims: z.array(claimSchema).max(MAX_FILE_CLAIMS),
  assets: z
    .array(z.strictObject({ id: idSchema, illiquidity: amountSchema.optional() }))
    .max(MAX_FILE_NODES)
    .optional(),
  holdings: z
    .array(z.strictObject({ node: idSchema, asset: idSchema, value: amountSchema }))
    .max(MAX_FILE_CLAIMS)
    .optional(),
  operators: z
    .array(z.strictObject({ id: idSchema, kind: z.enum(NODE_KINDS) }))
    .max(MAX_FILE_NODES)
    .optional(),
  dependences: z
    .array(z.strictObject({ node: idSchema, on: idSchema }))
    .max(MAX_FILE_CLAIMS)
    .optional(),
  writtenOff: z
    .array(z.strictObject({ node: idSchema, because: idSchema, amount: amountSchema }))
    .max(MAX_FILE_CLAIMS)
    .optional(),
  guarantees: z
    .array(
      z.strictObject({
        guarantor: idSchema,
        beneficiary: idSchema,
        amount: amountSchema,
        call: z.enum(GUARANTEE_CALLS),
      }),
    )
    .max(MAX_FILE_GUARANTEES)
    .optional(),
})
