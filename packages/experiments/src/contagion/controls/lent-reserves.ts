// Reserves of lending pools in a scenario: which there are, what is lent to them at the start, and how to change them.
import type { Scenario } from '../../scenario/scenario-schema.ts'

export type Pool = NonNullable<Scenario['lending']>[string]
export type Reserve = Pool['reserves'][string]

export function isPledged({ liquidationThresholdBps }: Reserve): boolean {
  return liquidationThresholdBps > 0
}

export function reservesOf({ lending = {} }: Scenario) {
  return Object.entries(lending).flatMap(([pool, { reserves }]) =>
    Object.entries(reserves).map(([asset, reserve]) => ({ pool, asset, reserve })),
  )
}

/** Whole units at the start, by positions and populations. */
export function suppliedOf(scenario: Scenario, pool: string, asset: string): number {
  const positions = Object.values(scenario.lending?.[pool]?.positions ?? {}).reduce(
    (sum, { supplied, collateral }) => sum + Number(supplied[asset] ?? 0) + Number(collateral[asset] ?? 0),
    0,
  )
  return Object.values(scenario.populations ?? {}).reduce((sum, people) => {
    const lent = people.kind === 'suppliers' ? people.asset : people.collateral
    return people.pool === pool && lent === asset ? sum + Number(people.amount) : sum
  }, positions)
}

export function withPools(scenario: Scenario, change: (pool: Pool, name: string) => Pool): Scenario {
  if (scenario.lending === undefined) return scenario
  const lending = Object.entries(scenario.lending).map(([name, pool]): [string, Pool] => [
    name,
    change(pool, name),
  ])
  return { ...scenario, lending: Object.fromEntries(lending) }
}

export function withReserves(
  scenario: Scenario,
  change: (reserve: Reserve, place: { readonly pool: string; readonly asset: string }) => Reserve,
): Scenario {
  return withPools(scenario, (pool, name) => {
    const reserves = Object.entries(pool.reserves).map(([asset, reserve]) => [
      asset,
      change(reserve, { pool: name, asset }),
    ])
    return { ...pool, reserves: Object.fromEntries(reserves) }
  })
}
