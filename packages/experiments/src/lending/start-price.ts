// What something lent is worth when the run begins: an asset by the file, a receipt by what it is a claim on, shares by the rule of the oracles
// that price them (settlement: fair-share.ts, vault-share.ts).
import { parseUnits } from '@solvent/primitives'
import { fairShareE8, MINIMUM_LIQUIDITY, vaultShareE8 } from '@solvent/settlement'
import { providedShares } from '../assembly/assemble-markets.ts'
import { stableTerms } from '../assembly/stable-terms.ts'
import { pairOf, type Venue, venuesOf } from '../scenario/market-names.ts'
import { reserveOf } from '../scenario/market-ranges.ts'
import { vaultRange, vaultsOf } from '../scenario/range-vaults.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { rootOf, sharesOf } from './lent-asset.ts'

const PRICE_DECIMALS = 8

/** Numeraire with eight decimals, of a whole unit (of shares 10^18); 0 where the rule gives no price. */
export function startPriceE8(scenario: Scenario, lent: string): bigint {
  const root = rootOf(lent)
  const shares = sharesOf(root)
  if (shares === null) return priceE8(scenario, root)
  const worth = shares.kind === 'pair' ? pairShare(scenario, shares.name) : vaultShare(scenario, shares.name)
  return worth ?? 0n
}

function priceE8({ assets }: Scenario, symbol: string): bigint {
  return parseUnits(assets[symbol]!.price, PRICE_DECIMALS)
}

/** Prices and decimals of both coins of a venue. */
function sidesOf(scenario: Scenario, { market }: Venue) {
  const [first, second] = pairOf(market)
  const decimals = (symbol: string) => scenario.assets[symbol]!.decimals
  return {
    prices: [priceE8(scenario, first), priceE8(scenario, second)] as const,
    decimals: { decimals0: decimals(first), decimals1: decimals(second) },
    reserve: (side: 0 | 1, venue: Venue) => reserveOf(scenario, venue, side === 0 ? first : second),
  }
}

function pairShare(scenario: Scenario, name: string): bigint | null {
  const venue = venuesOf(scenario).find((each) => each.name === name)!
  const { prices, decimals, reserve } = sidesOf(scenario, venue)
  const isStable = venue.market.kind === 'stable-swap'
  const held = {
    reserve0: reserve(0, venue),
    reserve1: reserve(1, venue),
    shares: providedShares(scenario, venue) + (isStable ? 0n : MINIMUM_LIQUIDITY),
  }
  return fairShareE8(held, ...prices, {
    ...decimals,
    ...(venue.market.kind === 'stable-swap' ? { stable: stableTerms(scenario, venue.market) } : {}),
  })
}

function vaultShare(scenario: Scenario, name: string): bigint | null {
  const vault = vaultsOf(scenario).find((each) => each.name === name)!
  const { tickLower, tickUpper, liquidity } = vaultRange(scenario, vault)
  const { prices, decimals } = sidesOf(scenario, vault.venue)
  const held = { liquidity, shares: liquidity, idle: { amount0: 0n, amount1: 0n } }
  return vaultShareE8(held, ...prices, { ...decimals, tickLower, tickUpper })
}
