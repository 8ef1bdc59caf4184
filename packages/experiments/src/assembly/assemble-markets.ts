// From a scenario's markets to their contracts, and to what their pools and providers hold when the run begins.
import { type Address, isqrtFloor, WAD, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type MarketDesign,
  type MarketSpec,
  marketAddress,
  marketShareToken,
  type SharedDesign,
  vaultAddress,
} from '@solvent/protocol'
import { invariantFloor, MINIMUM_LIQUIDITY, stableRules } from '@solvent/settlement'
import { chainIdOf } from '../scenario/chain-id.ts'
import { feePips } from '../scenario/fee-pips.ts'
import { pairOf, type ScenarioMarket, type Venue, venuesOf } from '../scenario/market-names.ts'
import {
  type ConcentratedMarket,
  type ProvidedRange,
  rangesOf,
  reserveOf,
  startRoot,
} from '../scenario/market-ranges.ts'
import { type BookMarket, lotAndTick } from '../scenario/order-books.ts'
import { HOLDERS } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { accountOf, tokenAddress } from './addresses.ts'
import type { Holding } from './holding.ts'
import { stableTerms } from './stable-terms.ts'

export function marketSpecs(scenario: Scenario, seed: string): MarketSpec[] {
  return venuesOf(scenario).map((venue) => {
    const { name, market } = venue
    const [first, second] = pairOf(market)
    return {
      name,
      chainId: chainIdOf(scenario, market.chain),
      address: marketAddress(name),
      token0: tokenAddress(scenario, market.chain, first),
      token1: tokenAddress(scenario, market.chain, second),
      design:
        market.kind === 'order-book'
          ? bookDesign(scenario, market, seed)
          : market.kind === 'concentrated'
            ? concentratedDesign(scenario, venue, seed)
            : sharedDesign(scenario, market),
    }
  })
}

function concentratedDesign(scenario: Scenario, venue: Venue, seed: string): MarketDesign {
  const { market } = venue
  return {
    kind: 'concentrated',
    feePips: feePips(market),
    tickSpacing: (market as ConcentratedMarket).tickSpacing,
    sqrtPriceX96: startRoot(scenario, venue),
    ranges: rangesOf(scenario, venue).map(({ provider, vault, tickLower, tickUpper, liquidity }) => ({
      owner: vault === undefined ? accountOf(seed, provider) : vaultAddress(vault),
      ...{ tickLower, tickUpper, liquidity },
    })),
    vaults: rangesOf(scenario, venue).flatMap(({ vault: name, tickLower, tickUpper }) =>
      name === undefined ? [] : [{ name, address: vaultAddress(name), tickLower, tickUpper }],
    ),
  }
}

function bookDesign(scenario: Scenario, market: BookMarket, seed: string): MarketDesign {
  const { lotSize, tickSize } = lotAndTick(scenario, market)
  return {
    kind: 'order-book',
    lotSize,
    tickSize: tickSize ?? 1n,
    takerFeePips: feePips(market),
    makerRebatePips: feePips({ feeBps: market.makerRebateBps }),
    operator: accountOf(seed, HOLDERS),
  }
}

type SharedMarket = Extract<ScenarioMarket, { kind: 'constant-product' | 'stable-swap' }>

function sharedDesign(scenario: Scenario, market: SharedMarket): SharedDesign {
  const fee = feePips(market)
  if (market.kind === 'constant-product') return { kind: 'constant-product', feePips: fee }
  return { kind: 'stable-swap', feePips: fee, ...stableTerms(scenario, market) }
}

/** What pools hold, and the shares of who provided it: as the first `add-liquidity` mints them. */
export function marketHoldings(scenario: Scenario): Holding[] {
  return venuesOf(scenario).flatMap((venue) => {
    const { name, market } = venue
    if (market.kind === 'order-book') return []
    const { chain } = market
    const [first, second] = pairOf(market)
    const pool = { chain, kind: 'POOL', name, owner: marketAddress(name) } as const
    const pooled = (amount0: bigint, amount1: bigint): Holding[] => [
      { ...pool, symbol: first, amount: amount0 },
      { ...pool, symbol: second, amount: amount1 },
    ]
    if (market.kind === 'concentrated')
      return rangesOf(scenario, venue).flatMap(({ amount0, amount1, provider, vault, liquidity }) => [
        ...pooled(amount0, amount1),
        ...(vault === undefined ? [] : [vaultShares(chain, { vault, provider, liquidity })]),
      ])
    const share = { chain, of: name, token: marketShareToken({ name }) }
    return [
      ...pooled(reserveOf(scenario, venue, first), reserveOf(scenario, venue, second)),
      shareHolding({
        ...share,
        provider: market.provider ?? HOLDERS,
        amount: providedShares(scenario, venue),
      }),
      ...(market.kind === 'constant-product'
        ? [
            {
              ...shareHolding({ ...share, provider: 'nobody', amount: MINIMUM_LIQUIDITY }),
              owner: ZERO_ADDRESS,
            },
          ]
        : []),
    ]
  })
}

/** Shares of a market or of a vault, of a provider; what has been handed on is taken off. */
export function shareHolding({
  chain,
  of,
  token,
  provider: name,
  amount,
}: {
  readonly chain: string
  readonly of: string
  readonly token: Address | undefined
  readonly provider: string
  readonly amount: bigint
}): Holding {
  return { chain, symbol: `${of}-share`, kind: 'USER', token, name, amount }
}

/** The first shares of a vault are the liquidity of its range. */
function vaultShares(
  chain: string,
  { vault, provider, liquidity }: Pick<ProvidedRange, 'provider' | 'liquidity'> & { readonly vault: string },
): Holding {
  return shareHolding({ chain, of: vault, token: vaultAddress(vault), provider, amount: liquidity })
}

/** What the provider of a venue holds: √(x·y) less the shares that are locked for ever, or D of a stable pool; 0 without shares. */
export function providedShares(scenario: Scenario, venue: Venue): bigint {
  const { market } = venue
  if (market.kind === 'concentrated' || market.kind === 'order-book') return 0n
  const [first, second] = pairOf(market)
  const [reserve0, reserve1] = [reserveOf(scenario, venue, first), reserveOf(scenario, venue, second)]
  const design = sharedDesign(scenario, market)
  if (design.kind === 'constant-product') return isqrtFloor(reserve0 * reserve1) - MINIMUM_LIQUIDITY
  const { amplification, rates } = stableRules(design)
  const [rate0, rate1] = rates as [bigint, bigint]
  return invariantFloor([(reserve0 * rate0) / WAD, (reserve1 * rate1) / WAD], amplification) ?? 0n
}
