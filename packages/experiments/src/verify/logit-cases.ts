// Kind `logit-benchmark`: Nash and monopoly prices, profits, surplus, deviation and critical patience of markets with
// logit demand. Prices and money have tolerances of their own, so that each market is two cases.
import {
  bestResponse,
  consumerSurplus,
  criticalDiscount,
  demand,
  type LogitMarket,
  monopolyPrices,
  nashPrices,
  priceGrid,
  profits,
} from '@solvent/collusion'
import type { FixtureKind } from './fixture-kind.ts'

interface Market {
  readonly n: number
  readonly mu: number
  readonly a0: number
  readonly a: readonly number[]
  readonly c: readonly number[]
  readonly grid?: { readonly xi: number; readonly m: number; readonly prices: readonly number[] }
}

interface Content {
  readonly tolerance: { readonly price_abs: number; readonly profit_abs: number }
  readonly cases: readonly (Market & Record<string, unknown>)[]
}

interface Input {
  readonly market: LogitMarket
  readonly grid?: { readonly margin: number; readonly points: number }
}

export const logitKind: FixtureKind<Input> = {
  kind: 'logit-benchmark',
  split: (content) => {
    const { cases, tolerance } = content as unknown as Content
    return cases.flatMap(({ n, mu, a0, a, c, grid, ...expected }) => {
      const input: Input = {
        market: { qualities: a, costs: c, outsideQuality: a0, differentiation: mu },
        ...(grid === undefined ? {} : { grid: { margin: grid.xi, points: grid.m } }),
      }
      const isPrice = (key: string) => key.includes('price')
      const name = `n = ${n}, μ = ${mu}, a0 = ${a0}, c = ${c.join(' ')}`
      const keys = Object.keys(expected)
      const pick = (wanted: readonly string[]) =>
        Object.fromEntries(wanted.map((key) => [key, expected[key]]))
      return [
        {
          name: `prices, ${name}`,
          input,
          want: {
            ...pick(keys.filter(isPrice)),
            ...(grid === undefined ? {} : { grid: { prices: grid.prices } }),
          },
          tolerance: { relative: 0, absolute: tolerance.price_abs },
        },
        {
          name: `profits, ${name}`,
          input,
          want: pick(keys.filter((key) => !isPrice(key))),
          tolerance: { relative: 0, absolute: tolerance.profit_abs },
        },
      ]
    })
  },
  compute: ({ market, grid }) => {
    const nash = nashPrices(market)
    const monopoly = monopolyPrices(market)
    const deviation = bestResponse(market, 0, monopoly)
    const [nashProfit, monopolyProfit] = [profits(market, nash), profits(market, monopoly)]
    const deviationProfit = profits(market, [deviation, ...monopoly.slice(1)])[0] ?? Number.NaN
    return {
      nash_price: nash,
      monopoly_price: monopoly,
      nash_profit: nashProfit,
      monopoly_profit: monopolyProfit,
      nash_share: demand(market, nash),
      monopoly_share: demand(market, monopoly),
      consumer_surplus_nash: consumerSurplus(market, nash),
      consumer_surplus_monopoly: consumerSurplus(market, monopoly),
      consumer_surplus_at_cost: consumerSurplus(market, market.costs),
      deviation_price_firm0_vs_monopoly: deviation,
      deviation_profit_firm0: deviationProfit,
      critical_discount_grim_firm0: criticalDiscount({
        deviation: deviationProfit,
        collusion: monopolyProfit[0] ?? Number.NaN,
        nash: nashProfit[0] ?? Number.NaN,
      }),
      ...(grid === undefined ? {} : onGrid(market, grid)),
    }
  },
}

function onGrid(market: LogitMarket, size: NonNullable<Input['grid']>) {
  const [nashPrice = 0] = nashPrices(market)
  const [monopolyPrice = 0] = monopolyPrices(market)
  const prices = [...priceGrid({ ...size, nashPrice, monopolyPrice })]
  const profitAt = (price: number) =>
    profits(
      market,
      market.costs.map(() => price),
    )[0] ?? Number.NaN
  const [low, high] = [profitAt(nashPrice), profitAt(monopolyPrice)]
  return {
    grid: { prices },
    delta_at_symmetric_grid: prices.map((price) => (profitAt(price) - low) / (high - low)),
  }
}
