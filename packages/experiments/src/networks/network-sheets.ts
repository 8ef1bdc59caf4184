// Balance sheets from whatever a person gave: an exposure network, or the input of a clearing case.
import { type BalanceSheets, balanceSheets, claimsNetwork, type SparseMatrix } from '@solvent/contagion'
import { isSolventError, SolventError } from '@solvent/primitives'
import type { z } from 'zod'
import { clearingInput, entriesOf, type NetworkEntries } from './model-inputs.ts'
import { networkError, parsed } from './network-error.ts'
import type { NetworkSource } from './network-file.ts'

/** Node ids of an input without any: `0`, `1`, … */
export const numbered = (n: number): string[] => Array.from({ length: n }, (_, node) => String(node))

/**
 * The balance sheets of a source.
 *
 * @throws SolventError E_NETWORK
 */
export function sheetsOf(source: NetworkSource): BalanceSheets {
  const { file } = source
  if (source.form === 'exposures') return refusing(file, () => balanceSheets(source.network))
  const input = parsed(file, clearingInput, source.input, Object.keys(clearingInput.shape))
  const ids = input.ids ?? numbered(sizeOf(file, input, input.externalLiabilities))
  const externalAssets = assetsAfter(file, input, ids.length)
  checkLength(file, 'externalLiabilities', input.externalLiabilities, ids.length)
  const entries = indexed(file, 'liabilities', input.liabilities, ids.length)
  return refusing(file, () =>
    balanceSheets({
      format: 'solvent-exposures',
      version: 1,
      nodes: ids.map((id, node) => ({
        id,
        externalAssets: externalAssets[node]!,
        externalLiabilities: input.externalLiabilities[node]!,
      })),
      claims: entries.map(([from, to, amount]) => ({ debtor: ids[from]!, creditor: ids[to]!, amount })),
    }),
  )
}

/** The network `key` of an input as a sparse matrix. @throws SolventError E_NETWORK */
export function matrixOf(file: string, key: string, network: NetworkEntries, n: number): SparseMatrix {
  const entries = indexed(file, key, network, n)
  return refusing(file, () => claimsNetwork(n, entries))
}

/** n as the input says it, else the length of a vector; both must agree. */
export function sizeOf(
  file: string,
  input: { readonly n?: number | undefined; readonly ids?: readonly string[] | undefined },
  vector: readonly number[],
): number {
  const n = input.n ?? input.ids?.length ?? vector.length
  if (input.ids !== undefined && input.ids.length !== n)
    throw networkError(file, [`ids: one name for each of ${n} nodes is needed (got ${input.ids.length})`])
  return n
}

export function checkLength(file: string, key: string, vector: readonly unknown[], n: number): void {
  if (vector.length !== n)
    throw networkError(file, [`${key}: one value for each of ${n} is needed (got ${vector.length})`])
}

/** Runs a model; what it refuses is the network's fault. @throws SolventError E_NETWORK in place of E_RANGE and the like */
export function refusing<T>(file: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!isSolventError(error)) throw error
    const { shortMessage, details, hint } = error
    throw new SolventError({
      code: 'E_NETWORK',
      message: shortMessage,
      details: { file, ...details },
      hint,
      cause: error,
    })
  }
}

function indexed(file: string, key: string, network: NetworkEntries, n: number) {
  const entries = entriesOf(network, n)
  if (entries === null)
    throw networkError(file, [`${key}.matrix: must be square, with ${n} rows of ${n} amounts`])
  const unknown = entries.findIndex(([from, to]) => from >= n || to >= n)
  if (unknown !== -1)
    throw networkError(file, [
      `${key}.edges[${unknown}]: unknown node in [${entries[unknown]!.join(', ')}] (allowed: 0 to ${n - 1})`,
    ])
  return entries
}

/** `externalAssetsAfter`, or `externalAssets` less `loss`; where all are given they must agree. */
function assetsAfter(file: string, input: z.output<typeof clearingInput>, n: number): readonly number[] {
  const { externalAssets, loss, externalAssetsAfter } = input
  if (externalAssets === undefined) {
    if (externalAssetsAfter === undefined || loss !== undefined)
      throw networkError(file, ['externalAssets: is missing'])
    checkLength(file, 'externalAssetsAfter', externalAssetsAfter, n)
    return externalAssetsAfter
  }
  checkLength(file, 'externalAssets', externalAssets, n)
  if (loss !== undefined) checkLength(file, 'loss', loss, n)
  const left = externalAssets.map((own, node) => own - (loss?.[node] ?? 0))
  const lost = left.findIndex((own) => own < 0)
  if (lost !== -1)
    throw networkError(file, [`loss[${lost}]: more than externalAssets[${lost}] (${externalAssets[lost]})`])
  if (externalAssetsAfter === undefined) return left
  checkLength(file, 'externalAssetsAfter', externalAssetsAfter, n)
  const other = left.findIndex((own, node) => !near(own, externalAssetsAfter[node]!))
  if (loss !== undefined && other !== -1)
    throw networkError(file, [
      `externalAssetsAfter[${other}]: is not externalAssets less loss (got ${externalAssetsAfter[other]}, want ${left[other]})`,
    ])
  return externalAssetsAfter
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
