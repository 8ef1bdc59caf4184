// Margins and loan-to-values that follow volatility: 2.33 standard deviations of RiskMetrics' variance (J.P. Morgan 1996, a decay of 0.94).
import { controlsSchema } from '../../controls/control-schema.ts'
import { perpetualSchema } from '../../derivatives/perpetual-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'
import { changedEntries, entriesOf, withEntries } from './control-section.ts'

type PerpetualMarket = NonNullable<Scenario['perpetuals']>[string]['markets'][string]

/** Four intervals of ten minutes: what it takes to call a loan on a slow chain, and to sell what it leaves. */
const INTERVAL = { intervalSeconds: 600, horizonIntervals: 4 } as const

const MARGIN = perpetualSchema.shape.markets.valueType.shape.dynamicMargin.parse({ horizonIntervals: 4 })!

export const dynamicMargin: Control = {
  name: 'dynamic-margin',
  title: 'margins of perpetual futures follow the volatility of their index',
  setting: '2.33 standard deviations over four funding intervals, at least the initial margin',
  isIn: ({ perpetuals = {} }) =>
    Object.values(perpetuals).some(({ markets }) =>
      Object.values(markets).some((market) => market.dynamicMargin !== undefined),
    ),
  add: (scenario) =>
    withMarkets(scenario, (market) => ({ ...market, dynamicMargin: market.dynamicMargin ?? MARGIN })),
  remove: (scenario) => withMarkets(scenario, ({ dynamicMargin: _, ...market }) => market),
}

export const dynamicRatio: Control = {
  name: 'dynamic-ratio',
  title: 'loan-to-values of lending pools follow the volatility of their collateral',
  setting: '2.33 standard deviations over four times ten minutes, at least half of what the file has',
  isIn: (scenario) => entriesOf(scenario, 'authorities').some(({ ratios }) => ratios.length > 0),
  add(scenario) {
    if (dynamicRatio.isIn(scenario)) return scenario
    const added = Object.entries(scenario.lending ?? {}).flatMap(([pool, { chain, reserves }], at) => {
      const ratios = Object.entries(reserves)
        .filter(([, { ltvBps, oracle }]) => ltvBps > 0 && scenario.oracles?.[oracle]?.kind === 'feed')
        .map(([asset, { ltvBps, oracle }]) => ({
          ...{ pool, asset, oracle, floorLtvBps: Math.floor(ltvBps / 2) },
          ...INTERVAL,
        }))
      return ratios.length === 0 ? [] : [[`study-ratio-${at + 1}`, { chain, pools: [pool], ratios }]]
    })
    const { authorities } = controlsSchema.parse({ authorities: Object.fromEntries(added) })
    return withEntries(scenario, 'authorities', Object.entries(authorities))
  },
  remove: (scenario) =>
    changedEntries(scenario, 'authorities', (authority) =>
      authority.ratios.length > 0 ? { ...authority, ratios: [] } : authority,
    ),
}

function withMarkets(scenario: Scenario, change: (market: PerpetualMarket) => PerpetualMarket): Scenario {
  const { perpetuals } = scenario
  if (perpetuals === undefined) return scenario
  const houses = Object.entries(perpetuals).map(([name, house]) => {
    const markets = Object.entries(house.markets).map(([each, market]) => [each, change(market)])
    return [name, { ...house, markets: Object.fromEntries(markets) }]
  })
  return { ...scenario, perpetuals: Object.fromEntries(houses) }
}
