// Claims and what lenders can lose, from whatever a person gave: the input of a DebtRank or cascade case, or balance sheets.
import type { SparseMatrix, Vector } from '@solvent/contagion'
import { debtRankInput, thresholdInput } from './model-inputs.ts'
import { parsed } from './network-error.ts'
import type { NetworkSource } from './network-file.ts'
import { checkLength, matrixOf, numbered, sheetsOf, sizeOf } from './network-sheets.ts'

export interface BufferedClaims {
  readonly ids: readonly string[]
  /** Entry (lender, borrower). */
  readonly claims: SparseMatrix
  readonly buffers: Vector
  /** As given; else all assets of a balance sheet, and of an input the buffers. */
  readonly weights: Vector
}

/** @throws SolventError E_NETWORK */
export function bufferedClaimsOf(source: NetworkSource): BufferedClaims {
  if (source.form === 'exposures' || !('buffers' in source.input)) return sheetsOf(source)
  const { file, input: given } = source
  const { network, ...input } = 'exposures' in given ? ofDebtRank(file, given) : ofThreshold(file, given)
  const n = sizeOf(file, input, input.buffers)
  checkLength(file, 'buffers', input.buffers, n)
  const weights = input.weights ?? input.buffers
  checkLength(file, 'weights', weights, n)
  const claims = matrixOf(file, 'exposures' in given ? 'exposures' : 'claims', network, n)
  return { ids: input.ids ?? numbered(n), claims, buffers: input.buffers, weights }
}

function ofDebtRank(file: string, given: unknown) {
  const { exposures, ...input } = parsed(file, debtRankInput, given, Object.keys(debtRankInput.shape))
  return { ...input, network: exposures }
}

function ofThreshold(file: string, given: unknown) {
  const { claims, ...input } = parsed(file, thresholdInput, given, Object.keys(thresholdInput.shape))
  return { ...input, network: claims, weights: undefined }
}
