// What bridges hold and have minted when the run begins. A lock covers what is wrapped on far chains one to one; an
// issuer has issued what circulates, a pool's cash is its providers'. What no participant holds belongs to a passive account, `holders`.
import { type Address, maxBig, parseUnits, SolventError } from '@solvent/primitives'
import { poolShareToken } from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { bridgeAddress, tokenAddress } from './addresses.ts'
import { HOLDERS, type Holding, heldBy } from './holding.ts'

type ScenarioBridge = Scenario['bridges'][string]
type ScenarioRoute = ScenarioBridge['assets'][string]

interface FarClaim {
  readonly chain: string
  readonly amount: bigint
}

/** Locks, and the far units that no participant holds. */
export function bridgeHoldings(scenario: Scenario, holdings: readonly Holding[]): Holding[] {
  return Object.entries(scenario.bridges).flatMap(([bridge, { custody, assets }]) =>
    Object.entries(assets).flatMap(([symbol, route]) => {
      if (custody.kind === 'pool') return poolHoldings(scenario, { bridge, symbol, route })
      const claims = claimsOf(scenario, symbol, route)
      if (custody.kind === 'burn-mint' || custody.kind === 'hash-lock')
        return claims.flatMap((claim) => passive(holdings, symbol, claim))
      for (const claim of claims) refuseOverhang(holdings, { bridge, symbol, claim })
      const amount = claims.reduce((sum, claim) => sum + claim.amount, 0n)
      const lock: Holding = { chain: route.home, symbol, kind: 'BRIDGE_LOCK', name: bridge, amount }
      return [lock, ...claims.flatMap((claim) => passive(holdings, symbol, claim))]
    }),
  )
}

/** Home-chain units of an asset with a stated supply that are neither locked, nor elsewhere, nor held by a participant. */
export function remainingSupply(scenario: Scenario, holdings: readonly Holding[]): Holding[] {
  return Object.values(scenario.bridges).flatMap(({ custody, assets }) =>
    Object.entries(assets).flatMap(([symbol, route]): Holding[] => {
      const { supply, decimals } = scenario.assets[symbol]!
      if (supply === undefined) return []
      const isIssued = custody.kind === 'burn-mint' || custody.kind === 'hash-lock'
      if (custody.kind === 'pool') return []
      const far = claimsOf(scenario, symbol, route).reduce(
        (sum, { chain, amount }) =>
          sum + (isIssued ? maxBig(amount, heldBy(holdings, chain, symbol)) : amount),
        0n,
      )
      const rest = parseUnits(supply, decimals) - far - heldBy(holdings, route.home, symbol)
      if (rest < 0n) {
        throw new SolventError({
          code: 'E_SCENARIO',
          message: `More ${symbol} is locked and held than its supply.`,
          details: { path: `assets.${symbol}.supply`, supply, tooMany: String(-rest), unit: 'base units' },
          hint: 'Raise the supply, or lower claims and holdings.',
        })
      }
      return [{ chain: route.home, symbol, kind: 'USER', name: HOLDERS, amount: rest }]
    }),
  )
}

/** Cash on each chain; the shares of its passive providers are with the operator, who withdraws for them in a run. */
function poolHoldings(
  scenario: Scenario,
  { bridge, symbol, route }: { bridge: string; symbol: string; route: ScenarioRoute },
): Holding[] {
  const { decimals } = scenario.assets[symbol]!
  return Object.entries(route.liquidity).flatMap(([chain, liquidity]): Holding[] => {
    const amount = parseUnits(liquidity, decimals)
    return [
      { chain, symbol, kind: 'POOL', name: bridge, amount },
      {
        chain,
        symbol: `${symbol}-share`,
        kind: 'USER',
        name: operatorOf(scenario, bridge),
        token: shareTokenOf(scenario, { bridge, chain, symbol }),
        amount: amount * FIRST_SHARES,
      },
    ]
  })
}

/** A first deposit gets a thousand shares for a unit. */
export const FIRST_SHARES = 1_000n

function shareTokenOf(scenario: Scenario, at: { bridge: string; chain: string; symbol: string }): Address {
  const { bridge, chain, symbol } = at
  return poolShareToken(
    bridgeAddress(bridge),
    chainIdOf(scenario, chain),
    tokenAddress(scenario, chain, symbol),
  )
}

function operatorOf(scenario: Scenario, bridge: string): string {
  return scenarioNodes(scenario).bridges.find((each) => each.bridge === bridge)!.operator
}

function claimsOf(scenario: Scenario, symbol: string, route: ScenarioRoute): FarClaim[] {
  const { decimals } = scenario.assets[symbol]!
  return Object.entries(route.claims).map(([chain, claim]) => ({
    chain,
    amount: parseUnits(claim, decimals),
  }))
}

/** The part of a claim that no participant holds. */
function passive(holdings: readonly Holding[], symbol: string, { chain, amount }: FarClaim): Holding[] {
  const rest = amount - heldBy(holdings, chain, symbol)
  return rest > 0n ? [{ chain, symbol, kind: 'USER', name: HOLDERS, amount: rest }] : []
}

/** Wrapped units come from the lock alone: nobody starts with more than is locked for them. */
function refuseOverhang(
  holdings: readonly Holding[],
  { bridge, symbol, claim }: { bridge: string; symbol: string; claim: FarClaim },
): void {
  const held = heldBy(holdings, claim.chain, symbol)
  if (held <= claim.amount) return
  throw new SolventError({
    code: 'E_SCENARIO',
    message: `Participants hold more ${symbol} on ${claim.chain} than bridge ${bridge} has minted there.`,
    details: {
      path: `bridges.${bridge}.assets.${symbol}.claims.${claim.chain}`,
      claim: String(claim.amount),
      held: String(held),
      unit: 'base units',
    },
    hint: 'Raise the claim, or lower inventories, holdings or order values.',
  })
}
