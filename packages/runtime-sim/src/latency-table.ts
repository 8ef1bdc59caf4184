// Latencies as a table of quantiles: the top bits of one random word choose one, without a logarithm at each
// transmission. Distribution: minimum + exponential, in whole ms.
import { ln } from '@solvent/primitives'

const TABLE_BITS = 12
const TABLE_SIZE = 1 << TABLE_BITS
/** How far a random 32-bit word is shifted to give an index. */
export const TABLE_SHIFT = 32 - TABLE_BITS

/** The newest table: the runs of a sweep all ask for one. */
let newest: { readonly minMs: number; readonly meanMs: number; readonly table: Int32Array } | null = null

/**
 * The quantiles at the middle of each of 4096 equal steps of probability.
 *
 * @param minMs whole ms, 0 or more
 * @param meanMs ms, `minMs` or more; the mean of the table is this to within 0.1 % and rounding
 * @returns a table that is shared and must not be changed
 */
export function latencyTable(minMs: number, meanMs: number): Int32Array {
  if (newest?.minMs === minMs && newest.meanMs === meanMs) return newest.table
  const spreadMs = meanMs - minMs
  const table = Int32Array.from({ length: TABLE_SIZE }, (_, index) =>
    Math.round(minMs - spreadMs * ln(1 - (index + 0.5) / TABLE_SIZE)),
  )
  newest = { minMs, meanMs, table }
  return table
}
