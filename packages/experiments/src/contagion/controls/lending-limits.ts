// Limits of lending pools: what leaves in an hour, how much of a collateral they take, and how far they lend against it.

import { venuesOf } from '../../scenario/market-names.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'
import { changedEntries, entriesOf, withEntries } from './control-section.ts'
import { isPledged, reservesOf, suppliedOf, withPools, withReserves } from './lent-reserves.ts'
import { decimal } from './struck-bridge.ts'

const OUTFLOW_SHARE = 0.1
const CAP_SHARE = 1.05

export const outflowLimit: Control = {
  name: 'outflow-limit',
  title: 'what leaves a reserve of a lending pool in an hour',
  setting: '10 % of what is lent at the start',
  isIn: (scenario) => entriesOf(scenario, 'outflowLimits').some(({ pool }) => pool !== undefined),
  add(scenario) {
    if (outflowLimit.isIn(scenario)) return scenario
    const limits = reservesOf(scenario)
      .map(({ pool, asset }) => ({ pool, asset, lies: suppliedOf(scenario, pool, asset) }))
      .filter(({ lies }) => lies * OUTFLOW_SHARE >= 0.01)
      .map(({ lies, ...place }) => ({
        ...place,
        amount: decimal(lies * OUTFLOW_SHARE),
        windowSeconds: 3_600,
      }))
    return withEntries(
      scenario,
      'outflowLimits',
      limits.map((limit, at) => [`study-outflow-${at + 1}`, limit]),
    )
  },
  remove: (scenario) =>
    changedEntries(scenario, 'outflowLimits', (limit) => (limit.pool === undefined ? limit : null)),
}

export const marketOutflowLimit: Control = {
  name: 'market-outflow-limit',
  title: 'what leaves a market in an hour',
  setting: '10 % of its reserves at the start',
  isIn: (scenario) => entriesOf(scenario, 'outflowLimits').some(({ market }) => market !== undefined),
  add(scenario) {
    if (marketOutflowLimit.isIn(scenario)) return scenario
    const limits = venuesOf(scenario).flatMap(({ name, market, of }) =>
      market.kind === 'order-book'
        ? []
        : Object.entries(market.reserves)
            .filter(([, lies]) => (Number(lies) / of) * OUTFLOW_SHARE >= 0.01)
            .map(([asset, lies]) => ({
              market: name,
              asset,
              amount: decimal((Number(lies) / of) * OUTFLOW_SHARE),
              windowSeconds: 3_600,
            })),
    )
    return withEntries(
      scenario,
      'outflowLimits',
      limits.map((limit, at) => [`study-drain-${at + 1}`, limit]),
    )
  },
  remove: (scenario) =>
    changedEntries(scenario, 'outflowLimits', (limit) => (limit.market === undefined ? limit : null)),
}

export const supplyCaps: Control = {
  name: 'supply-caps',
  title: 'how much of a collateral lending pools take',
  setting: '5 % beyond what they have at the start',
  isIn: (scenario) => reservesOf(scenario).some(({ reserve }) => isPledged(reserve) && reserve.supplyCap > 0),
  add: (scenario) =>
    withReserves(scenario, (reserve, { pool, asset }) =>
      isPledged(reserve) && reserve.supplyCap === 0
        ? { ...reserve, supplyCap: Math.ceil(suppliedOf(scenario, pool, asset) * CAP_SHARE) + 1 }
        : reserve,
    ),
  remove: (scenario) => withReserves(scenario, (reserve) => ({ ...reserve, supplyCap: 0 })),
}

export const borrowCaps: Control = {
  name: 'borrow-caps',
  title: 'how much of a coin lending pools lend',
  setting: '5 % beyond what is owed at the start',
  isIn: (scenario) => reservesOf(scenario).some(({ reserve }) => reserve.borrowCap > 0),
  add: (scenario) =>
    withReserves(scenario, (reserve, { pool, asset }) => {
      const owed = owedOf(scenario, pool, asset)
      return reserve.borrowCap === 0 && owed > 0
        ? { ...reserve, borrowCap: Math.ceil(owed * CAP_SHARE) + 1 }
        : reserve
    }),
  remove: (scenario) => withReserves(scenario, (reserve) => ({ ...reserve, borrowCap: 0 })),
}

export const plainTerms: Control = {
  name: 'plain-terms',
  title: 'no better terms for assets that are thought to move together (e-mode)',
  setting: "each category at its collateral's own terms",
  isIn: () => false,
  add: (scenario) =>
    withPools(scenario, (pool) => {
      const eModes = Object.entries(pool.eModes).map(([mode, terms]) => {
        const own = terms.collateral.flatMap((asset) => pool.reserves[asset] ?? [])
        const least = (of: 'ltvBps' | 'liquidationThresholdBps') =>
          Math.min(terms[of], ...own.map((each) => each[of]))
        return [
          mode,
          { ...terms, ltvBps: least('ltvBps'), liquidationThresholdBps: least('liquidationThresholdBps') },
        ]
      })
      return { ...pool, eModes: Object.fromEntries(eModes) }
    }),
  // Categories are the file's: without them nobody could join one.
  remove: (scenario) => scenario,
}

/** Whole units at the start, of positions. */
function owedOf(scenario: Scenario, pool: string, asset: string): number {
  return Object.values(scenario.lending![pool]!.positions).reduce(
    (sum, { borrowed }) => sum + Number(borrowed[asset] ?? 0),
    0,
  )
}
