// Claims that somebody has when the run begins are claims on something: what lies in one pool as the receipt of another has been supplied there,
// to any depth, and shares of a market or of a vault have been handed on by who provided it.
import { formatUnits, parseUnits } from '@solvent/primitives'
import { lendingAddress } from '../assembly/addresses.ts'
import { providedShares, shareHolding } from '../assembly/assemble-markets.ts'
import type { Holding } from '../assembly/holding.ts'
import type { Shortage } from '../assembly/shortage.ts'
import { providerOf, type Venue, venuesOf } from '../scenario/market-names.ts'
import { vaultRange, vaultsOf } from '../scenario/range-vaults.ts'
import { HOLDERS } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import {
  isOfShares,
  lentDecimals,
  lentToken,
  partsOf,
  SHARE_DECIMALS,
  type SharesOf,
  sharesOf,
} from './lent-asset.ts'

/** Something lent, on a chain. */
interface Claim {
  readonly chain: string
  readonly lent: string
  /** Base units: at the start one is one scaled unit everywhere. */
  readonly amount: bigint
}

/** What holds up a claim; nothing for a coin. */
export function behindClaim(scenario: Scenario, { chain, lent, amount }: Claim): Holding[] {
  const { pool, asset } = partsOf(lent)
  if (pool !== null) {
    const token = lentToken(scenario, chain, asset)
    const owner = lendingAddress(pool)
    return [
      { chain, symbol: asset, kind: 'POOL', name: pool, owner, token, amount },
      ...behindClaim(scenario, { chain, lent: asset, amount }),
    ]
  }
  const shares = sharesOf(lent)
  if (shares === null) return []
  const [token, provider] = [lentToken(scenario, chain, lent), providerOfShares(scenario, shares)]
  return [shareHolding({ chain, of: shares.name, token, provider, amount: -amount })]
}

function providerOfShares(scenario: Scenario, { kind, name }: SharesOf): string {
  if (kind === 'vault')
    return vaultRange(scenario, vaultsOf(scenario).find((vault) => vault.name === name)!).provider
  const { market } = venuesOf(scenario).find((venue) => venue.name === name)!
  return providerOf(market) ?? HOLDERS
}

/** What the provider of a market has of its shares when the run begins: those that lie in pools then have been handed on. */
export function freeShares(scenario: Scenario, venue: Venue): bigint {
  return providedShares(scenario, venue) - claimsElsewhere(scenario, `pair:${venue.name}`)
}

/** Base units of a claim (`first/USDC`, `pair:market`) that lie in pools and markets beyond its own: there is something for them where it comes from. */
export function claimsElsewhere(scenario: Scenario, claim: string): bigint {
  const { lending = {}, isolatedMarkets = {}, populations = {} } = scenario
  const isOfIt = (lent: string) => lent === claim || lent.endsWith(`/${claim}`)
  const units = (amount = '0') => parseUnits(amount, lentDecimals(scenario, claim))
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, each) => total + each, 0n)
  const inPools = Object.values(lending).flatMap(({ reserves, positions, insurance }) =>
    Object.keys(reserves)
      .filter(isOfIt)
      .flatMap((lent) => [
        units(insurance?.stake[lent]),
        ...Object.values(positions).map(
          ({ supplied, collateral, borrowed }) =>
            units(supplied[lent]) + units(collateral[lent]) - units(borrowed[lent]),
        ),
      ]),
  )
  const inMarkets = Object.values(isolatedMarkets)
    .filter(({ collateral }) => isOfIt(collateral))
    .flatMap(({ positions }) => Object.values(positions).map(({ collateral }) => units(collateral)))
  const ofPeople = Object.values(populations)
    .filter((people) => isOfIt(people.kind === 'suppliers' ? people.asset : people.collateral))
    .map(({ amount }) => units(amount))
  return sum(inPools) + sum(inMarkets) + sum(ofPeople)
}

/** Whether shares lie under anything that is lent here. */
export function lendsShares({ lending = {}, isolatedMarkets = {} }: Scenario): boolean {
  return (
    Object.values(lending).some(({ reserves }) => Object.keys(reserves).some(isOfShares)) ||
    Object.values(isolatedMarkets).some(({ collateral }) => isOfShares(collateral))
  )
}

/** Shares of which more lie in pools than their provider had. */
export function overdrawnShares(scenario: Scenario, holdings: readonly Holding[]): Shortage[] {
  const providers = [
    ...venuesOf(scenario).map(({ name, market }) => ({ name, provider: providerOf(market) ?? HOLDERS })),
    ...vaultsOf(scenario).map((vault) => ({
      name: vault.name,
      provider: vaultRange(scenario, vault).provider,
    })),
  ]
  return providers.flatMap(({ name, provider }): Shortage[] => {
    const { symbol } = shareHolding({ chain: '', of: name, token: undefined, provider, amount: 0n })
    const its = holdings.filter((holding) => holding.symbol === symbol && holding.name === provider)
    const sum = (side: 1n | -1n) =>
      its.reduce((total, { amount }) => (amount * side > 0n ? total + amount * side : total), 0n)
    const [given, taken] = [sum(1n), sum(-1n)]
    if (taken <= given) return []
    return [
      {
        path: ['lending'],
        problem: `more shares of ${name} lie in pools when the run begins than ${provider} has provided`,
        got: formatUnits(taken, SHARE_DECIMALS),
        allowed: `at most ${formatUnits(given, SHARE_DECIMALS)}, in units of 10^18`,
        hint: 'Lower positions, stakes or populations, or give the market more depth.',
      },
    ]
  })
}
