// Stress tests with fire sales of many assets: leverage targeting, overlapping portfolios.
import {
  type BalanceSheets,
  type LeverageTargeting,
  leverageTargeting,
  type OverlappingPortfolios,
  overlappingPortfolios,
  portfolioMatrix,
} from '@solvent/contagion'
import { held, withHoldings } from './common-holdings.ts'
import { leverageInput, overlapInput } from './model-inputs.ts'
import { networkError, parsed } from './network-error.ts'
import type { NetworkSource } from './network-file.ts'
import { checkLength, numbered, refusing, sizeOf } from './network-sheets.ts'
import { outcomeName, type StressReport, type StressRequest, shockVector } from './stress-request.ts'

/** A fall of a price by all of it, and a rise by a hundred times. */
const PRICE_SHOCK = { least: -1, most: 100 }

/** A shock is the return of an asset, a fall being negative. @throws SolventError E_NETWORK, E_USAGE */
export function stressByLeverage(source: NetworkSource, request: StressRequest): StressReport {
  const { ids, assetIds, ...given } = leverageOf(source)
  const shock = returnsOf(request, assetIds, given.shock)
  const outcome = refusing(source.file, () => leverageFields({ ...given, shock }))
  return {
    model: request.model,
    ids,
    assetIds,
    outcomes: { one: { name: outcomeName(request), ...outcome } },
  }
}

/** A shock is the return of an asset, a fall being negative. @throws SolventError E_NETWORK, E_USAGE */
export function stressByOverlap(source: NetworkSource, request: StressRequest): StressReport {
  const { ids, assetIds, ...given } = overlapOf(source, request.alpha)
  const priceShock = returnsOf(request, assetIds, given.priceShock)
  const outcome = refusing(source.file, () =>
    overlapFields(
      overlappingPortfolios({
        ...given,
        holdings: portfolioMatrix(given.holdings, assetIds.length),
        priceShock,
      }),
    ),
  )
  return {
    model: request.model,
    ids,
    assetIds,
    outcomes: { one: { name: outcomeName(request), ...outcome } },
  }
}

interface LeverageCase {
  readonly assets: readonly number[]
  readonly equity: readonly number[]
  readonly weights: readonly (readonly number[])[]
  readonly illiquidity: readonly number[]
  readonly shock: readonly number[]
}

/** The paper's linear sales, and sales capped by what is left, as worked cases write them. */
export function leverageFields(input: LeverageCase) {
  const weights = portfolioMatrix(input.weights, input.illiquidity.length)
  const under = (sales: 'linear' | 'capped') =>
    leverageNumbers(leverageTargeting({ ...input, weights, sales }))
  return { linear: under('linear'), capped: under('capped') }
}

function leverageNumbers(outcome: LeverageTargeting) {
  return {
    directLoss: [...outcome.directLoss],
    sale: [...outcome.sale],
    assetSales: [...outcome.assetSales],
    secondRoundReturn: [...outcome.secondRoundReturn],
    indirectLoss: [...outcome.indirectLoss],
    AV: outcome.aggregateVulnerability,
    S: [...outcome.systemicness],
    IV: [...outcome.indirectVulnerability],
    DV: [...outcome.directVulnerability],
    certificate: outcome.certificate,
  }
}

/** Overlapping portfolios as worked cases write them. */
export function overlapFields({
  defaultRound,
  defaults,
  prices,
  finalEquity,
  rounds,
  certificate,
}: OverlappingPortfolios) {
  const { smallestMargin } = certificate
  return {
    defaultRound: [...defaultRound],
    defaults,
    prices: [...prices],
    finalEquity: [...finalEquity],
    rounds,
    certificate: { smallestMargin: Number.isFinite(smallestMargin) ? smallestMargin : null },
  }
}

function returnsOf(
  { shocks }: StressRequest,
  assetIds: readonly string[],
  own: readonly number[] | undefined,
): number[] {
  if (shocks.size === 0 && own !== undefined) return [...own]
  return [...shockVector(shocks, assetIds, PRICE_SHOCK)]
}

function leverageOf(source: NetworkSource) {
  const { file } = source
  if (source.form === 'input' && 'illiquidity' in source.input) {
    const input = parsed(file, leverageInput, source.input, Object.keys(leverageInput.shape))
    const n = sizeOf(file, input, input.assets)
    const assetIds = input.assetIds ?? numbered(input.illiquidity.length)
    checkRows(file, 'weights', input.weights, n, assetIds.length)
    return { ...input, ids: input.ids ?? numbered(n), assetIds }
  }
  const sheets = withHoldings(source)
  const { ids, assetIds, illiquidity, faceEquity, holdings } = sheets
  const all = assetsOf(sheets)
  // Leverage is kept by who has some: a node without equity or common assets sells nothing.
  const levered = [...ids.keys()].filter((node) => faceEquity[node]! > 0 && held(sheets, node) > 0)
  if (levered.length === 0)
    throw networkError(source.file, ['holdings: nobody with equity holds common assets'])
  return {
    ids: levered.map((node) => ids[node]!),
    assetIds,
    assets: levered.map((node) => all[node]!),
    equity: levered.map((node) => faceEquity[node]!),
    weights: levered.map((node) => holdings[node]!.map((value) => (value === 0 ? 0 : value / all[node]!))),
    illiquidity: [...illiquidity],
    shock: undefined,
  }
}

function overlapOf(source: NetworkSource, alpha: number) {
  const { file } = source
  if (source.form === 'input' && 'holdings' in source.input) {
    const input = parsed(file, overlapInput, source.input, Object.keys(overlapInput.shape))
    const n = sizeOf(file, input, input.cash)
    const assetIds = input.assetIds ?? numbered(input.priceShock?.length ?? input.holdings[0]?.length ?? 0)
    checkRows(file, 'holdings', input.holdings, n, assetIds.length)
    return { ...input, ids: input.ids ?? numbered(n), assetIds }
  }
  const sheets = withHoldings(source)
  const assets = assetsOf(sheets)
  // Who holds none of them has nothing to liquidate.
  const holders = [...sheets.ids.keys()].filter((node) => held(sheets, node) > 0)
  return {
    ids: holders.map((node) => sheets.ids[node]!),
    assetIds: sheets.assetIds,
    holdings: holders.map((node) => sheets.holdings[node]!),
    cash: holders.map((node) => assets[node]! - held(sheets, node)),
    liabilities: holders.map((node) => Math.max(0, assets[node]! - sheets.faceEquity[node]!)),
    alpha,
    priceShock: undefined,
  }
}

/** Total assets at face value. */
function assetsOf({ externalAssets, claims }: BalanceSheets): number[] {
  return Array.from(externalAssets, (own, node) => {
    let all = own
    for (let at = claims.offsets[node]!; at < claims.offsets[node + 1]!; at++) all += claims.amounts[at]!
    return all
  })
}

function checkRows(
  file: string,
  key: string,
  rows: readonly (readonly number[])[],
  n: number,
  columns: number,
): void {
  checkLength(file, key, rows, n)
  rows.forEach((row, node) => checkLength(file, `${key}[${node}]`, row, columns))
}
