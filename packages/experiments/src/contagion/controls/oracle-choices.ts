// Which oracles lending pools ask: feeds that look outside in place of a market, or an hour late.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'

type Oracles = NonNullable<Scenario['oracles']>
type Pool = NonNullable<Scenario['lending']>[string]

/** Maker's security module. */
const HOP_SECONDS = 3_600
const LATE = '-late'
const MOST_LETTERS = 32

export const outsideOracles: Control = {
  name: 'outside-oracles',
  title: 'feeds tell what the world outside pays, not one market',
  setting: 'no feed looks at a market of the network',
  isIn: () => false,
  add(scenario) {
    if (scenario.oracles === undefined) return scenario
    const oracles = Object.entries(scenario.oracles).map(([name, oracle]) => {
      if (oracle.kind !== 'feed') return [name, oracle] as const
      const { market: _, ...outside } = oracle
      return [name, outside] as const
    })
    return { ...scenario, oracles: Object.fromEntries(oracles) }
  },
  // Which market a feed would look at the file does not say.
  remove: (scenario) => scenario,
}

export const delayedOracles: Control = {
  name: 'delayed-oracles',
  title: 'lending pools take prices of feeds an hour late',
  setting: `a hop of ${HOP_SECONDS} s, as in Maker's oracle security module`,
  isIn: ({ oracles = {}, lending = {} }) =>
    Object.values(lending).some(({ reserves }) =>
      Object.values(reserves).some(({ oracle }) => oracles[oracle]?.kind === 'delayed'),
    ),
  add(scenario) {
    const { oracles, lending } = scenario
    if (oracles === undefined || lending === undefined || delayedOracles.isIn(scenario)) return scenario
    const late: Oracles = {}
    const lateOf = (name: string): string => {
      const oracle = oracles[name]
      if (oracle?.kind !== 'feed') return name
      const { chain, asset } = oracle
      const named = `${name.slice(0, MOST_LETTERS - LATE.length)}${LATE}`
      late[named] = { kind: 'delayed', chain, asset, of: name, hopSeconds: HOP_SECONDS }
      return named
    }
    const pools = withAsked(lending, lateOf)
    return { ...scenario, lending: pools, oracles: { ...oracles, ...late } }
  },
  remove(scenario) {
    const { oracles, lending } = scenario
    if (oracles === undefined || lending === undefined) return scenario
    const promptOf = (name: string): string => {
      const oracle = oracles[name]
      return oracle?.kind === 'delayed' ? oracle.of : name
    }
    return { ...scenario, lending: withAsked(lending, promptOf) }
  },
}

function withAsked(
  lending: Readonly<Record<string, Pool>>,
  change: (oracle: string) => string,
): Record<string, Pool> {
  return Object.fromEntries(
    Object.entries(lending).map(([name, pool]) => {
      const reserves = Object.entries(pool.reserves).map(([asset, reserve]) => {
        const oracle = change(reserve.oracle)
        if (oracle === reserve.oracle) return [asset, reserve]
        // How old its answers get is another matter then.
        const { maxAgeSeconds: _, ...rest } = reserve
        return [asset, { ...rest, oracle }]
      })
      return [name, { ...pool, reserves: Object.fromEntries(reserves) }]
    }),
  )
}
