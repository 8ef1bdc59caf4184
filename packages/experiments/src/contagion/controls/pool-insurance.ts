// Who pays for the bad debt of lending pools before suppliers do: a fund of the pool's own, or funds that pay for each other.
import { insuranceSchema } from '../../lending/insurance-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'
import { isPledged, type Pool, suppliedOf, withPools } from './lent-reserves.ts'
import { decimal } from './struck-bridge.ts'

/** The FDIC's designated reserve ratio: two per cent of insured deposits. */
const STAKE_SHARE = 0.02

export const insuranceFund: Control = {
  name: 'insurance-fund',
  title: 'each lending pool has a fund for bad debt',
  setting: '2 % of the coins that are lent at the start',
  isIn: (scenario) =>
    poolsOf(scenario).some(({ insurance }) => insurance !== undefined && insurance.mutual === undefined),
  add: (scenario) => withPools(scenario, (pool, name) => insured(scenario, pool, name)),
  /** Funds that pay for each other go with what makes them do so. */
  remove: (scenario) =>
    withPools(scenario, (pool) => {
      const { insurance, ...bare } = pool
      return insurance?.mutual === undefined ? bare : pool
    }),
}

export const mutualCover: Control = {
  name: 'mutual-cover',
  title: "lending pools' funds pay for each other",
  setting: 'funds as above, all of a chain together',
  isIn: (scenario) => poolsOf(scenario).some(({ insurance }) => insurance?.mutual !== undefined),
  add: (scenario) =>
    withPools(scenario, (written, name) => {
      const pool = insured(scenario, written, name)
      const others = Object.entries(scenario.lending!).filter(
        ([each, of]) => of.chain === pool.chain && insured(scenario, of, each).insurance !== undefined,
      )
      if (pool.insurance === undefined || others.length < 2 || mutualCover.isIn(scenario)) return written
      return { ...pool, insurance: { ...pool.insurance, mutual: 'study-mutual' } }
    }),
  remove: (scenario) =>
    withPools(scenario, (pool) => {
      if (pool.insurance === undefined) return pool
      const { mutual: _, ...insurance } = pool.insurance
      return { ...pool, insurance }
    }),
}

function poolsOf({ lending = {} }: Scenario): Pool[] {
  return Object.values(lending)
}

function insured(scenario: Scenario, pool: Pool, name: string): Pool {
  if (pool.insurance !== undefined) return pool
  const stakes = Object.entries(pool.reserves)
    .filter(([lent, reserve]) => lent in scenario.assets && !isPledged(reserve))
    .map(([lent]) => [lent, suppliedOf(scenario, name, lent) * STAKE_SHARE] as const)
    .filter(([, stake]) => stake >= 0.01)
  if (stakes.length === 0) return pool
  const stake = Object.fromEntries(stakes.map(([lent, amount]) => [lent, decimal(amount)]))
  return { ...pool, insurance: insuranceSchema.parse({ stake }) }
}
