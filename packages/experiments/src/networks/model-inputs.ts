// Networks as single models take them: the `input` of worked cases, indices in place of names. Amounts in one unit.
import { type Entry, MAX_AMOUNT, MAX_FILE_CLAIMS, MAX_FILE_NODES } from '@solvent/contagion'
import { z } from 'zod'

const amount = z.number().min(0).max(MAX_AMOUNT)
const signed = z.number().min(-MAX_AMOUNT).max(MAX_AMOUNT)
const vector = z.array(amount).max(MAX_FILE_NODES)
const signedVector = z.array(signed).max(MAX_FILE_NODES)
const count = z.int().min(1).max(MAX_FILE_NODES)
const index = z.int().min(0)
const rows = z.array(vector).max(MAX_FILE_NODES)

/** Entries `[from, to, amount]`, or one row of amounts for each node. */
const network = z.union(
  [
    z.strictObject({ edges: z.array(z.tuple([index, index, amount])).max(MAX_FILE_CLAIMS) }),
    z.strictObject({ matrix: rows }),
  ],
  { error: 'must be an object, {edges: rows [from, to, amount]} or {matrix: rows of amounts}' },
)
export type NetworkEntries = z.output<typeof network>

const names = { ids: z.array(z.string().min(1).max(100)).optional() }

/** Debts `[debtor, creditor, amount]`. */
export const clearingInput = z.strictObject({
  n: count.optional(),
  liabilities: network,
  externalAssets: vector.optional(),
  loss: vector.optional(),
  externalAssetsAfter: vector.optional(),
  externalLiabilities: vector,
  ...names,
})

/** Claims `[lender, borrower, amount]`. */
export const debtRankInput = z.strictObject({
  n: count.optional(),
  exposures: network,
  buffers: vector,
  weights: vector.optional(),
  ...names,
})

/** Claims `[lender, borrower, amount]`. */
export const thresholdInput = z.strictObject({
  n: count.optional(),
  claims: network,
  buffers: vector,
  ...names,
})

/** Claims `[lender, borrower, amount]`. */
export const valuationInput = z.strictObject({
  n: count.optional(),
  externalAssets: vector,
  externalLiabilities: vector,
  claims: network,
  faceEquity: signedVector,
  sigmaAsset: vector,
  recovery: z.number().min(0).max(1),
  ...names,
})

export const leverageInput = z.strictObject({
  assets: vector,
  equity: vector,
  weights: rows,
  illiquidity: vector,
  shock: signedVector.optional(),
  ...names,
  assetIds: z.array(z.string().min(1).max(100)).optional(),
})

/** Debts `[debtor, creditor, amount]`. */
export const capitalRatioInput = z.strictObject({
  n: count.optional(),
  liabilities: network,
  cash: vector,
  illiquid: vector,
  externalLiabilities: vector,
  minCapitalRatio: z.number().gt(0).max(1),
  alpha: amount,
  ...names,
})

export const overlapInput = z.strictObject({
  holdings: rows,
  cash: signedVector,
  liabilities: vector,
  alpha: amount,
  priceShock: z.array(z.number().min(-1).max(MAX_AMOUNT)).max(MAX_FILE_NODES).optional(),
  ...names,
  assetIds: z.array(z.string().min(1).max(100)).optional(),
})

/** The entries of a network of n nodes; a matrix must be square. Null when it is not. */
export function entriesOf(input: NetworkEntries, n: number): Entry[] | null {
  if ('edges' in input) return input.edges
  if (input.matrix.length !== n || input.matrix.some((row) => row.length !== n)) return null
  return input.matrix.flatMap((row, from) =>
    row.flatMap((value, to): Entry[] => (value === 0 ? [] : [[from, to, value]])),
  )
}
