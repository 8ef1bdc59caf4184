// The meaning of ranges of concentrated liquidity: prices in order and within what ticks reach, no more than the reserves, and
// each of a provider once.
import { MAX_SQRT_RATIO, MAX_TICK, MIN_SQRT_RATIO, MIN_TICK } from '@solvent/settlement'
import type { Findings, Path } from './findings.ts'
import { pairOf, providerNames, venuesOf } from './market-names.ts'
import { type ConcentratedMarket, rangesOf, rootOfPrice, ticksOf } from './market-ranges.ts'
import type { Scenario } from './scenario-schema.ts'

/** Shares are counted in millionths. */
const SHARE_ROUNDING = 1e-6

export function checkRanges(scenario: Scenario, name: string, findings: Findings): void {
  const market = scenario.markets[name] as ConcentratedMarket
  const path = ['markets', name, 'ranges']
  const [first, second] = pairOf(market)
  if (scenario.assets[first] === undefined || scenario.assets[second] === undefined) return
  const faults = findings.problems.length
  const seen = new Set<string>()
  market.ranges.forEach((range, index) => {
    const at = [...path, index]
    if (range.provider !== undefined)
      findings.reference([...at, 'provider'], 'actor or crowd', range.provider, providerNames(scenario))
    if (!isRange(scenario, market, range, at, findings)) return
    const { tickLower, tickUpper } = ticksOf(scenario, market, range)
    const key = `${range.vault ?? range.provider ?? ''}/${tickLower}/${tickUpper}`
    if (seen.has(key))
      findings.add('E_VALUE', at, 'the provider has this range already', {
        got: `${range.lower} to ${range.upper}`,
        allowed: 'each range of a provider once, with the share of both',
      })
    seen.add(key)
  })
  checkVaults(scenario, name, findings)
  const whole = market.ranges.reduce((sum, { share }) => sum + share, 0)
  if (whole > 1 + SHARE_ROUNDING)
    findings.add('E_RANGE', path, 'the ranges are provided with more than the reserves', {
      got: `shares of ${whole}`,
      allowed: 'at most 1 in all',
    })
  if (findings.problems.length > faults) return
  const venue = venuesOf({ markets: { [name]: market } })[0]!
  rangesOf(scenario, venue).forEach(({ liquidity }, index) => {
    if (liquidity > 0n) return
    findings.add(
      'E_RANGE',
      [...path, index],
      'the range has no liquidity: it needs an asset of which there is none',
      {
        got: `a share of ${market.ranges[index]!.share}`,
        allowed: 'a larger share, or a range that holds what there is',
      },
    )
  })
}

/** A vault is one contract: on one chain, of one range. */
function checkVaults(scenario: Scenario, name: string, findings: Findings): void {
  const market = scenario.markets[name] as ConcentratedMarket
  const names = Object.values(scenario.markets).flatMap((each) =>
    each.kind === 'concentrated' ? each.ranges.flatMap(({ vault }) => vault ?? []) : [],
  )
  market.ranges.forEach(({ vault }, index) => {
    if (vault === undefined) return
    const at = ['markets', name, 'ranges', index, 'vault']
    if (names.filter((each) => each === vault).length > 1)
      findings.add('E_VALUE', at, 'a vault owns one range', {
        got: vault,
        allowed: 'a name that no other range has for its vault',
      })
    const provider = market.ranges[index]!.provider ?? market.provider
    if (provider !== undefined && scenario.actors[provider] === undefined)
      findings.add('E_VALUE', at, 'a crowd gives ranges back, not shares', {
        got: provider,
        allowed: 'an actor as provider, or a range without a vault',
      })
    if (market.venues > 1)
      findings.add('E_VALUE', at, 'a vault owns a range of one pool', {
        got: `${market.venues} venues`,
        allowed: 'venues: 1',
      })
  })
}

function isRange(
  scenario: Scenario,
  market: ConcentratedMarket,
  { lower, upper }: { readonly lower: string; readonly upper: string },
  path: Path,
  findings: Findings,
): boolean {
  const [low, high] = [Number(lower), Number(upper)]
  if (!(low > 0 && high > low)) {
    findings.add('E_RANGE', [...path, 'upper'], 'a range goes from a lower to an upper price', {
      got: `${lower} to ${upper}`,
      allowed: '0 < lower < upper',
    })
    return false
  }
  const roots = [lower, upper].map((price) => rootOfPrice(scenario, market, price))
  if (roots.some((root) => root < MIN_SQRT_RATIO || root >= MAX_SQRT_RATIO)) {
    findings.add('E_RANGE', path, 'the prices are beyond all ticks', {
      got: `${lower} to ${upper}`,
      allowed: 'prices from 2^-128 to 2^128 in base units (Uniswap v3, TickMath)',
    })
    return false
  }
  const { tickLower, tickUpper } = ticksOf(scenario, market, { lower, upper })
  if (tickLower >= MIN_TICK && tickUpper <= MAX_TICK) return true
  findings.add('E_RANGE', path, 'widened to whole ticks the range is beyond all ticks', {
    got: `ticks ${tickLower} to ${tickUpper}`,
    allowed: `${MIN_TICK} to ${MAX_TICK}`,
  })
  return false
}
