// Circuit breakers on markets and on the liquidations of lending pools.
import type { ScenarioBreaker } from '../../controls/control-schema.ts'
import { venuesOf } from '../../scenario/market-names.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'
import { changedEntries, entriesOf, withEntries } from './control-section.ts'

/** Exchanges' single-stock halts: 10 % in five minutes (limit up–limit down); the halt is longer, as chains are slower. */
const BAND = { moveBps: 1_000, windowSeconds: 300, haltSeconds: 900 } as const
const SETTING = '10 % in five minutes, then a quarter of an hour'

export const marketBreaker: Control = {
  name: 'market-breaker',
  title: 'pairs halt after a large move',
  setting: SETTING,
  isIn: (scenario) => entriesOf(scenario, 'breakers').some(isOfMarket),
  add(scenario) {
    if (marketBreaker.isIn(scenario)) return scenario
    const pairs = venuesOf(scenario).filter(({ market }) => market.kind !== 'stable-swap')
    return withEntries(
      scenario,
      'breakers',
      pairs.map(({ name }, at) => [`study-pair-halt-${at + 1}`, { market: name, ...BAND }]),
    )
  },
  remove: (scenario) => withoutBreakers(scenario, isOfMarket),
}

export const liquidationHalt = poolHalt({
  name: 'liquidation-halt',
  title: 'lending pools liquidate nothing after a large move of a price they ask',
  entry: 'study-halt',
  stops: ['liquidate'],
  isMeant: haltsLiquidations,
})

export const withdrawalHalt = poolHalt({
  name: 'withdrawal-halt',
  title: 'lending pools lend nothing and pay nothing out after such a move',
  entry: 'study-shut',
  stops: ['withdraw', 'borrow'],
  isMeant: (breaker) => breaker.pool !== undefined && !haltsLiquidations(breaker),
})

function poolHalt({
  name,
  title,
  entry,
  stops,
  isMeant,
}: Pick<Control, 'name' | 'title'> & {
  readonly entry: string
  readonly stops: NonNullable<ScenarioBreaker['stops']>
  readonly isMeant: (breaker: ScenarioBreaker) => boolean
}): Control {
  const isIn = (scenario: Scenario) => entriesOf(scenario, 'breakers').some(isMeant)
  return {
    name,
    title,
    setting: SETTING,
    isIn,
    add(scenario) {
      if (isIn(scenario)) return scenario
      const asked = Object.entries(scenario.lending ?? {}).flatMap(([pool, { reserves }]) => {
        const pledged = Object.values(reserves).filter((reserve) => reserve.liquidationThresholdBps > 0)
        return [...new Set(pledged.map(({ oracle }) => oracle))].map((oracle) => ({ pool, oracle }))
      })
      return withEntries(
        scenario,
        'breakers',
        asked.map(({ pool, oracle }, at) => [`${entry}-${at + 1}`, { pool, oracle, ...BAND, stops }]),
      )
    },
    remove: (scenario) => withoutBreakers(scenario, isMeant),
  }
}

function isOfMarket({ market }: ScenarioBreaker): boolean {
  return market !== undefined
}

function haltsLiquidations({ pool, stops }: ScenarioBreaker): boolean {
  return pool !== undefined && (stops === undefined || stops.includes('liquidate'))
}

function withoutBreakers(scenario: Scenario, isMeant: (breaker: ScenarioBreaker) => boolean): Scenario {
  return changedEntries(scenario, 'breakers', (breaker) => (isMeant(breaker) ? null : breaker))
}
