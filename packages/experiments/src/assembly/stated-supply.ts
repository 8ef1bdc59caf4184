// What a scenario says that there is of an asset, and what the file needs of it: claims on far chains and what participants hold.
// Where the one is less than the other the amounts cannot all hold when the run begins.
import { formatUnits, maxBig, mulDivUp, parseUnits, wholeUnit } from '@solvent/primitives'
import { lendsShares, overdrawnShares } from '../lending/claims-at-start.ts'
import { decimalsOn } from '../scenario/asset-chains.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { type Holding, heldBy } from './holding.ts'
import type { Shortage } from './shortage.ts'

type ScenarioBridge = Scenario['bridges'][string]
type ScenarioRoute = ScenarioBridge['assets'][string]

export interface FarClaim {
  readonly chain: string
  /** Base units of the far token. */
  readonly amount: bigint
  /** The same in base units of the home token. */
  readonly atHome: bigint
}

export function farClaims(scenario: Scenario, symbol: string, route: ScenarioRoute): FarClaim[] {
  const { decimals } = scenario.assets[symbol]!
  return Object.entries(route.claims).map(([chain, claim]) => ({
    chain,
    amount: parseUnits(claim, decimalsOn(scenario, symbol, chain)),
    atHome: parseUnits(claim, decimals),
  }))
}

interface Carried {
  readonly custody: ScenarioBridge['custody']
  readonly symbol: string
  readonly route: ScenarioRoute
}

/** Base units that there are, and that are locked, elsewhere or held; null for an asset without a stated supply, and in a pool. */
export function statedSupply(
  scenario: Scenario,
  holdings: readonly Holding[],
  { custody, symbol, route }: Carried,
): { readonly supply: bigint; readonly used: bigint } | null {
  const { supply, decimals } = scenario.assets[symbol]!
  if (supply === undefined || custody.kind === 'pool') return null
  const far = farClaims(scenario, symbol, route).map(({ chain, atHome }) =>
    isLocked(custody) ? atHome : maxBig(atHome, heldAsAtHome(scenario, holdings, chain, symbol)),
  )
  const used = far.reduce((sum, amount) => sum + amount, heldBy(holdings, route.home, symbol))
  return { supply: parseUnits(supply, decimals), used }
}

/** What is held on a far chain, in base units of the home token, rounded up. */
function heldAsAtHome(
  scenario: Scenario,
  holdings: readonly Holding[],
  chain: string,
  symbol: string,
): bigint {
  const [home, far] = [scenario.assets[symbol]!.decimals, decimalsOn(scenario, symbol, chain)]
  return mulDivUp(heldBy(holdings, chain, symbol), wholeUnit(home), wholeUnit(far))
}

/** Everything of which participants (their `holdings`) and claims need more than the file says that there is. */
export function shortages(scenario: Scenario, holdings: readonly Holding[]): Shortage[] {
  const ofBridges = Object.entries(scenario.bridges).flatMap(([bridge, { custody, assets }]) =>
    Object.entries(assets).flatMap(([symbol, route]) => {
      const claims = isLocked(custody) ? farClaims(scenario, symbol, route) : []
      return [
        ...claims.flatMap((claim) => {
          const decimals = decimalsOn(scenario, symbol, claim.chain)
          return overhang(holdings, { bridge, symbol, claim, decimals })
        }),
        ...overspent(scenario, holdings, { custody, symbol, route }),
      ]
    }),
  )
  return lendsShares(scenario) ? [...ofBridges, ...overdrawnShares(scenario, holdings)] : ofBridges
}

/** What is wrapped on far chains is locked at home, one to one. */
function isLocked({ kind }: ScenarioBridge['custody']): boolean {
  return kind === 'lock-mint'
}

/** Wrapped units come from the lock alone: nobody starts with more than is locked for them. */
function overhang(
  holdings: readonly Holding[],
  at: {
    readonly bridge: string
    readonly symbol: string
    readonly claim: FarClaim
    readonly decimals: number
  },
): Shortage[] {
  const { bridge, symbol, claim, decimals } = at
  const held = heldBy(holdings, claim.chain, symbol)
  if (held <= claim.amount) return []
  return [
    {
      path: ['bridges', bridge, 'assets', symbol, 'claims', claim.chain],
      problem: `participants hold more ${symbol} there than the bridge has minted`,
      got: formatUnits(claim.amount, decimals),
      allowed: `at least ${formatUnits(held, decimals)}`,
      hint: 'Raise the claim, or lower inventories, holdings or order values.',
    },
  ]
}

function overspent(scenario: Scenario, holdings: readonly Holding[], carried: Carried): Shortage[] {
  const { symbol } = carried
  const stated = statedSupply(scenario, holdings, carried)
  if (stated === null || stated.used <= stated.supply) return []
  const { decimals } = scenario.assets[symbol]!
  return [
    {
      path: ['assets', symbol, 'supply'],
      problem: `more ${symbol} is locked and held than its supply`,
      got: formatUnits(stated.supply, decimals),
      allowed: `at least ${formatUnits(stated.used, decimals)}`,
      hint: 'Raise the supply, or lower claims and holdings.',
    },
  ]
}
