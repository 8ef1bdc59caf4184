// Claims and what lenders can lose, from whatever a person gave: the input of a DebtRank or cascade case, or balance sheets.
import {
  type BalanceSheets,
  claimsNetwork,
  type Entry,
  type SparseMatrix,
  type Vector,
} from '@solvent/contagion'
import { debtRankInput, thresholdInput } from './model-inputs.ts'
import { parsed } from './network-error.ts'
import type { NetworkSource } from './network-file.ts'
import { checkLength, matrixOf, numbered, sheetsOf, sizeOf } from './network-sheets.ts'
import { standingSheets } from './standing-nodes.ts'

export interface BufferedClaims {
  readonly ids: readonly string[]
  /** Entry (lender, borrower). */
  readonly claims: SparseMatrix
  readonly buffers: Vector
  /** As given; else all assets of a balance sheet, and of an input the buffers. */
  readonly weights: Vector
  /** Of a balance sheet: nodes without equity, which take no part. */
  readonly failedBefore: readonly number[]
}

/**
 * @param isStanding by its buffer, whether a node of a balance sheet can still fail in the model
 * @throws SolventError E_NETWORK
 */
export function bufferedClaimsOf(
  source: NetworkSource,
  isStanding: (buffer: number) => boolean,
): BufferedClaims {
  if (source.form === 'exposures' || !('buffers' in source.input)) {
    const sheets = sheetsOf(source)
    return {
      ids: sheets.ids,
      ...standingSheets({ ...sheets, claims: withGuarantees(source, sheets) }, isStanding),
    }
  }
  const { file, input: given } = source
  const { network, ...input } = 'exposures' in given ? ofDebtRank(file, given) : ofThreshold(file, given)
  const n = sizeOf(file, input, input.buffers)
  checkLength(file, 'buffers', input.buffers, n)
  const weights = input.weights ?? input.buffers
  checkLength(file, 'weights', weights, n)
  const claims = matrixOf(file, 'exposures' in given ? 'exposures' : 'claims', network, n)
  return { ids: input.ids ?? numbered(n), claims, buffers: input.buffers, weights, failedBefore: [] }
}

/** Who guarantees for another loses as if it had lent what it promised. */
function withGuarantees(source: NetworkSource, { ids, claims }: BalanceSheets): SparseMatrix {
  const promised = source.form === 'exposures' ? (source.network.guarantees ?? []) : []
  const shortfalls = promised.filter(({ call, amount }) => call === 'shortfall' && amount > 0)
  if (shortfalls.length === 0) return claims
  const placeOf = new Map(ids.map((id, at) => [id, at]))
  const entries: Entry[] = shortfalls.map((each) => [
    placeOf.get(each.guarantor)!,
    placeOf.get(each.beneficiary)!,
    each.amount,
  ])
  for (let row = 0; row < claims.rows; row++)
    for (let at = claims.offsets[row]!; at < claims.offsets[row + 1]!; at++)
      entries.push([row, claims.columnOf[at]!, claims.amounts[at]!])
  return claimsNetwork(claims.rows, entries)
}

function ofDebtRank(file: string, given: unknown) {
  const { exposures, ...input } = parsed(file, debtRankInput, given, Object.keys(debtRankInput.shape))
  return { ...input, network: exposures }
}

function ofThreshold(file: string, given: unknown) {
  const { claims, ...input } = parsed(file, thresholdInput, given, Object.keys(thresholdInput.shape))
  return { ...input, network: claims, weights: undefined }
}
