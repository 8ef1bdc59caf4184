// Circuit breakers on markets and on the liquidations of lending pools.
import { controlsSchema } from '../../controls/control-schema.ts'
import { venuesOf } from '../../scenario/market-names.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'

type Controls = NonNullable<Scenario['controls']>
type Breaker = Controls['breakers'][string]

/** Exchanges' single-stock halts: 10 % in five minutes (limit up–limit down); the halt is longer, as chains are slower. */
const BAND = { moveBps: 1_000, windowSeconds: 300, haltSeconds: 900 } as const
const SETTING = '10 % in five minutes, then a quarter of an hour'

export const marketBreaker: Control = {
  name: 'market-breaker',
  title: 'pairs halt after a large move',
  setting: SETTING,
  isIn: ({ controls }) => Object.values(controls?.breakers ?? {}).some(isOfMarket),
  add(scenario) {
    if (marketBreaker.isIn(scenario)) return scenario
    const pairs = venuesOf(scenario).filter(({ market }) => market.kind === 'constant-product')
    return withBreakers(
      scenario,
      pairs.map(({ name }, at) => [`study-pair-halt-${at + 1}`, { market: name, ...BAND }]),
    )
  },
  remove: (scenario) => withoutBreakers(scenario, isOfMarket),
}

export const liquidationHalt: Control = {
  name: 'liquidation-halt',
  title: 'lending pools liquidate nothing after a large move of a price they ask',
  setting: SETTING,
  isIn: ({ controls }) => Object.values(controls?.breakers ?? {}).some(haltsLiquidations),
  add(scenario) {
    if (liquidationHalt.isIn(scenario)) return scenario
    const asked = Object.entries(scenario.lending ?? {}).flatMap(([pool, { reserves }]) => {
      const pledged = Object.values(reserves).filter((reserve) => reserve.liquidationThresholdBps > 0)
      return [...new Set(pledged.map(({ oracle }) => oracle))].map((oracle) => ({ pool, oracle }))
    })
    return withBreakers(
      scenario,
      asked.map(({ pool, oracle }, at) => [
        `study-halt-${at + 1}`,
        { pool, oracle, ...BAND, stops: ['liquidate'] },
      ]),
    )
  },
  remove: (scenario) => withoutBreakers(scenario, haltsLiquidations),
}

function isOfMarket({ market }: Breaker): boolean {
  return market !== undefined
}

function haltsLiquidations({ pool, stops }: Breaker): boolean {
  return pool !== undefined && (stops === undefined || stops.includes('liquidate'))
}

function withBreakers(scenario: Scenario, added: readonly (readonly [string, Breaker])[]): Scenario {
  if (added.length === 0) return scenario
  const controls: Controls = scenario.controls ?? controlsSchema.parse({})
  return {
    ...scenario,
    controls: { ...controls, breakers: { ...controls.breakers, ...Object.fromEntries(added) } },
  }
}

function withoutBreakers(scenario: Scenario, isMeant: (breaker: Breaker) => boolean): Scenario {
  const { controls } = scenario
  if (controls === undefined) return scenario
  const kept = Object.entries(controls.breakers).filter(([, breaker]) => !isMeant(breaker))
  return { ...scenario, controls: { ...controls, breakers: Object.fromEntries(kept) } }
}
