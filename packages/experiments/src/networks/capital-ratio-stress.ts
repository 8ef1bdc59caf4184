// Stress tests with sales of one illiquid asset under a capital ratio.
import { type CapitalRatioInput, type CapitalRatioSales, capitalRatioSales } from '@solvent/contagion'
import { held, withHoldings } from './common-holdings.ts'
import { capitalRatioInput } from './model-inputs.ts'
import { networkError, parsed } from './network-error.ts'
import type { NetworkSource } from './network-file.ts'
import { checkLength, matrixOf, numbered, refusing, sizeOf } from './network-sheets.ts'
import { outcomeName, type StressReport, type StressRequest, shockVector } from './stress-request.ts'

/** A shock is an amount taken from a node's cash. @throws SolventError E_NETWORK, E_USAGE */
export function stressByCapitalRatio(source: NetworkSource, request: StressRequest): StressReport {
  const { ids, ...given } = capitalRatioOf(source, request)
  const taken = shockVector(request.shocks, ids, { least: 0, most: Number.MAX_VALUE })
  const cash = Float64Array.from(given.cash, (own, node) => own - taken[node]!)
  const beyond = cash.findIndex((own) => own < 0)
  if (beyond !== -1)
    throw networkError(source.file, [
      `shock of ${ids[beyond]}: more than its cash (got ${taken[beyond]}, allowed ${given.cash[beyond]})`,
    ])
  const outcome = refusing(source.file, () => capitalRatioFields(capitalRatioSales({ ...given, cash })))
  return { model: request.model, ids, outcomes: { one: { name: outcomeName(request), ...outcome } } }
}

/** Sales under a capital ratio as worked cases write them. */
export function capitalRatioFields({
  price,
  sales,
  clearing,
  priceIterates,
  certificate,
}: CapitalRatioSales) {
  return {
    price,
    sales: [...sales],
    clearingVector: [...clearing.clearingVector],
    defaulted: [...clearing.defaulted],
    equity: [...clearing.equity],
    priceIterates: priceIterates.slice(0, LISTED_ITERATES),
    iterations: priceIterates.length - 1,
    certificate: { ...certificate, clearing: clearing.certificate },
  }
}

/** Worked cases list so many of the first price iterates. */
const LISTED_ITERATES = 12

function capitalRatioOf(
  source: NetworkSource,
  { alpha, capitalRatio }: StressRequest,
): CapitalRatioInput & { readonly ids: readonly string[] } {
  const { file } = source
  if (source.form === 'input' && 'illiquid' in source.input) {
    const input = parsed(file, capitalRatioInput, source.input, Object.keys(capitalRatioInput.shape))
    const n = sizeOf(file, input, input.cash)
    checkLength(file, 'cash', input.cash, n)
    return {
      ...input,
      ids: input.ids ?? numbered(n),
      liabilities: matrixOf(file, 'liabilities', input.liabilities, n),
    }
  }
  const sheets = withHoldings(source)
  const { ids, liabilities, externalAssets, externalLiabilities } = sheets
  const illiquid = ids.map((_, node) => held(sheets, node))
  return {
    ids,
    liabilities,
    cash: illiquid.map((value, node) => Math.max(0, externalAssets[node]! - value)),
    illiquid,
    externalLiabilities,
    minCapitalRatio: capitalRatio,
    // Of units sold, where the request speaks of shares of all.
    alpha: alpha / (illiquid.reduce((sum, units) => sum + units, 0) || 1),
  }
}
