// Limits of lending pools: what leaves in an hour, how much of a collateral they take, and how far they lend against it.
import { controlsSchema } from '../../controls/control-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'

type Controls = NonNullable<Scenario['controls']>
type Pool = NonNullable<Scenario['lending']>[string]
type Reserve = Pool['reserves'][string]

const OUTFLOW_SHARE = 0.1
const CAP_SHARE = 1.05

export const outflowLimit: Control = {
  name: 'outflow-limit',
  title: 'what leaves a reserve of a lending pool in an hour',
  setting: '10 % of what is lent at the start',
  isIn: ({ controls }) => Object.values(controls?.outflowLimits ?? {}).some(({ pool }) => pool !== undefined),
  add(scenario) {
    if (outflowLimit.isIn(scenario)) return scenario
    const limits = reservesOf(scenario)
      .map(({ pool, asset }) => ({ pool, asset, supplied: suppliedOf(scenario, pool, asset) }))
      .filter(({ supplied }) => supplied * OUTFLOW_SHARE >= 0.01)
      .map(({ pool, asset, supplied }, at) => [
        `study-outflow-${at + 1}`,
        { pool, asset, amount: (supplied * OUTFLOW_SHARE).toFixed(2), windowSeconds: 3_600 },
      ])
    if (limits.length === 0) return scenario
    const controls: Controls = scenario.controls ?? controlsSchema.parse({})
    return {
      ...scenario,
      controls: {
        ...controls,
        outflowLimits: { ...controls.outflowLimits, ...Object.fromEntries(limits) },
      },
    }
  },
  remove(scenario) {
    const { controls } = scenario
    if (controls === undefined) return scenario
    const kept = Object.entries(controls.outflowLimits).filter(([, { pool }]) => pool === undefined)
    return { ...scenario, controls: { ...controls, outflowLimits: Object.fromEntries(kept) } }
  },
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

export const plainTerms: Control = {
  name: 'plain-terms',
  title: 'no better terms for assets that are thought to move together (e-mode)',
  setting: "each category at its collateral's own terms",
  isIn: () => false,
  add(scenario) {
    const lending = Object.entries(scenario.lending ?? {}).map(([name, pool]): [string, Pool] => {
      const eModes = Object.entries(pool.eModes).map(([mode, terms]) => {
        const own = terms.collateral.flatMap((asset) => pool.reserves[asset] ?? [])
        const least = (of: 'ltvBps' | 'liquidationThresholdBps') =>
          Math.min(terms[of], ...own.map((each) => each[of]))
        return [
          mode,
          { ...terms, ltvBps: least('ltvBps'), liquidationThresholdBps: least('liquidationThresholdBps') },
        ]
      })
      return [name, { ...pool, eModes: Object.fromEntries(eModes) }]
    })
    return scenario.lending === undefined ? scenario : { ...scenario, lending: Object.fromEntries(lending) }
  },
  // Categories are the file's: without them nobody could join one.
  remove: (scenario) => scenario,
}

function isPledged({ liquidationThresholdBps }: Reserve): boolean {
  return liquidationThresholdBps > 0
}

function reservesOf({ lending = {} }: Scenario) {
  return Object.entries(lending).flatMap(([pool, { reserves }]) =>
    Object.entries(reserves).map(([asset, reserve]) => ({ pool, asset, reserve })),
  )
}

/** Whole units at the start, by positions and populations. */
function suppliedOf({ lending = {}, populations = {} }: Scenario, pool: string, asset: string): number {
  const positions = Object.values(lending[pool]!.positions).reduce(
    (sum, { supplied, collateral }) => sum + Number(supplied[asset] ?? 0) + Number(collateral[asset] ?? 0),
    0,
  )
  return Object.values(populations).reduce((sum, people) => {
    const lent = people.kind === 'suppliers' ? people.asset : people.collateral
    return people.pool === pool && lent === asset ? sum + Number(people.amount) : sum
  }, positions)
}

function withReserves(
  scenario: Scenario,
  change: (reserve: Reserve, place: { readonly pool: string; readonly asset: string }) => Reserve,
): Scenario {
  if (scenario.lending === undefined) return scenario
  const lending = Object.entries(scenario.lending).map(([name, pool]): [string, Pool] => {
    const reserves = Object.entries(pool.reserves).map(([asset, reserve]) => [
      asset,
      change(reserve, { pool: name, asset }),
    ])
    return [name, { ...pool, reserves: Object.fromEntries(reserves) }]
  })
  return { ...scenario, lending: Object.fromEntries(lending) }
}
