// Whose word lending pools take for a price: one reporter's or a median's, one oracle's or two that agree, any price or one within bounds, and
// whether they wait when a sequencer has been away.
import type { ScenarioOracle } from '../../oracles/oracle-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'
import { type Reserve, reservesOf, withPools, withReserves } from './lent-reserves.ts'
import { decimal } from './struck-bridge.ts'

type Feed = Extract<ScenarioOracle, { kind: 'feed' }>
type Oracles = NonNullable<Scenario['oracles']>

const FEW_REPORTERS = 3
const REPORTERS = 5
/** Chainlink's example for feeds on rollups. */
const GRACE_SECONDS = 3_600
const WIDEST = { floor: '0.00000001', cap: '1000000000' } as const

export const feedMedians: Control = {
  name: 'feed-medians',
  title: 'feeds are medians of several reporters',
  setting: `${REPORTERS} reporters, three of whom make an answer`,
  isIn: ({ oracles = {} }) =>
    Object.values(oracles).some((each) => each.kind === 'feed' && each.reporters >= FEW_REPORTERS),
  add: (scenario) =>
    withFeeds(scenario, (feed) =>
      feed.reporters >= FEW_REPORTERS ? feed : { ...withoutQuorum(feed), reporters: REPORTERS },
    ),
  remove(scenario) {
    const alone = withFeeds(scenario, (feed) => ({ ...withoutQuorum(feed), reporters: 1 }))
    // Of one reporter no two can be wrong.
    const faults = alone.faults.map((fault) =>
      'oracle' in fault && 'reporters' in fault ? { ...fault, reporters: 1 } : fault,
    )
    return { ...alone, faults }
  },
}

export const priceAgreement: Control = {
  name: 'price-agreement',
  title: 'a price counts when a second oracle agrees within 2 %',
  setting: 'another price oracle of the same asset on the chain, where there is one',
  isIn: (scenario) => reservesOf(scenario).some(({ reserve }) => reserve.corroboratedBy !== undefined),
  add: (scenario) =>
    withReserves(scenario, (reserve, { asset }) => {
      const second = reserve.corroboratedBy ?? secondOracle(scenario.oracles ?? {}, reserve, asset)
      return second === undefined ? reserve : { ...reserve, corroboratedBy: second }
    }),
  remove: (scenario) => withReserves(scenario, ({ corroboratedBy: _, ...reserve }) => reserve),
}

export const priceBand: Control = {
  name: 'price-band',
  title: 'prices outside a band are refused',
  setting: 'half to twice the price at the start',
  isIn: (scenario) => reservesOf(scenario).some(({ reserve }) => isBounded(reserve)),
  add: (scenario) =>
    withReserves(scenario, (reserve, { asset }) => {
      const price = Number(scenario.assets[asset]?.price ?? 0)
      if (isBounded(reserve) || price < 0.02) return reserve
      return { ...reserve, floor: decimal(price / 2), cap: decimal(price * 2) }
    }),
  remove: (scenario) => withReserves(scenario, (reserve) => ({ ...reserve, ...WIDEST })),
}

export const sequencerGrace: Control = {
  name: 'sequencer-grace',
  title: 'lending pools on rollups wait when the sequencer has been away',
  setting: 'an hour after it is back, by a feed of its uptime',
  isIn: ({ lending = {} }) => Object.values(lending).some(({ uptime }) => uptime !== undefined),
  add(scenario) {
    const chains = [...new Set(Object.values(scenario.lending ?? {}).map(({ chain }) => chain))].filter(
      (chain) => scenario.chains[chain] !== undefined && scenario.chains[chain].kind !== 'l1',
    )
    const added: Oracles = {}
    const uptimeOf = (chain: string) => {
      const [own] = Object.entries(scenario.oracles ?? {}).find(
        ([, each]) => each.kind === 'uptime' && each.chain === chain,
      ) ?? [null]
      if (own !== null) return own
      const name = `study-uptime-${chains.indexOf(chain) + 1}`
      added[name] = { kind: 'uptime', chain, reporters: 1, silenceSeconds: 60, heartbeatSeconds: 60 }
      return name
    }
    const waiting = withPools(scenario, (pool) =>
      pool.uptime !== undefined || !chains.includes(pool.chain)
        ? pool
        : { ...pool, uptime: { oracle: uptimeOf(pool.chain), graceSeconds: GRACE_SECONDS } },
    )
    return Object.keys(added).length === 0
      ? waiting
      : { ...waiting, oracles: { ...waiting.oracles, ...added } }
  },
  remove: (scenario) => withPools(scenario, ({ uptime: _, ...pool }) => pool),
}

function withFeeds(scenario: Scenario, change: (feed: Feed) => Feed): Scenario {
  if (scenario.oracles === undefined) return scenario
  const oracles = Object.entries(scenario.oracles).map(([name, oracle]) => [
    name,
    oracle.kind === 'feed' ? change(oracle) : oracle,
  ])
  return { ...scenario, oracles: Object.fromEntries(oracles) }
}

function withoutQuorum({ quorum: _, ...feed }: Feed): Feed {
  return feed
}

function isBounded({ floor, cap }: Reserve): boolean {
  return floor !== WIDEST.floor || cap !== WIDEST.cap
}

function secondOracle(oracles: Oracles, { oracle }: Reserve, asset: string): string | undefined {
  const chain = oracles[oracle]?.chain
  const found = Object.entries(oracles).find(
    ([name, each]) =>
      name !== oracle &&
      each.chain === chain &&
      (each.kind === 'feed' || each.kind === 'twap') &&
      each.asset === asset,
  )
  return found?.[0]
}
