// Steps that provide for a pool of concentrated liquidity.
import { accountOf } from '../assembly/addresses.ts'
import { pairOf, type Venue } from '../scenario/market-names.ts'
import { type ConcentratedMarket, rangesOf, ticksOf } from '../scenario/market-ranges.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { checkTraded, checkVenue, least, resolved, unitsOf, venueOf } from './market-steps.ts'
import type { StepCheck, StepFamily, StepOf } from './step-rule.ts'

type RangeVerb = 'mint-range' | 'burn-range'

const PERCENT_PARTS = 10n ** 6n

export const rangeSteps: StepFamily<RangeVerb> = {
  'mint-range': {
    check(step, check) {
      const venue = checkRange(step, check)
      if (venue !== undefined) checkTraded(venue, step.amounts, 'amounts', check)
    },
    resolve(step, resolution) {
      const { scenario } = resolution
      const { market } = venueOf(scenario, step)
      const [first, second] = pairOf(market)
      const units = unitsOf(scenario)
      return resolved(step, resolution, ({ market: address, deadline }) => ({
        ...{ kind: 'mint-range', market: address, deadline },
        ...ticksOf(scenario, market as ConcentratedMarket, step),
        amount0: units(first, step.amounts[first] ?? '0'),
        amount1: units(second, step.amounts[second] ?? '0'),
        ...least(scenario, step),
      }))
    },
  },
  'burn-range': {
    check(step, check) {
      const venue = checkRange(step, check)
      if (venue === undefined || step.percent === 0) return
      const { scenario, actor, path, findings } = check
      if (heldBy(scenario, venue, step, actor) === 0n)
        findings.add('E_REFERENCE', [...path, 'lower'], `${actor} provides nothing between these prices`, {
          got: `${step.lower} to ${step.upper}`,
          allowed: `a range of the market whose provider is ${actor}`,
        })
    },
    resolve(step, resolution) {
      const { scenario, seed, actor } = resolution
      const venue = venueOf(scenario, step)
      const parts = BigInt(Math.round(step.percent * Number(PERCENT_PARTS / 100n)))
      return resolved(step, resolution, ({ market: address, deadline }) => ({
        ...{ kind: 'burn-range', market: address, deadline, recipient: accountOf(seed, actor) },
        ...ticksOf(scenario, venue.market as ConcentratedMarket, step),
        liquidity: (heldBy(scenario, venue, step, actor) * parts) / PERCENT_PARTS,
        ...least(scenario, step),
      }))
    },
  },
}

function checkRange(step: StepOf<RangeVerb>, check: StepCheck): Venue | undefined {
  const venue = checkVenue(step, check)
  if (venue === undefined) return undefined
  const { findings, path } = check
  if (venue.market.kind !== 'concentrated') {
    findings.add('E_VALUE', [...path, 'market'], 'its depth belongs to shares, not to ranges', {
      got: venue.market.kind,
      allowed: 'a concentrated market; add-liquidity and remove-liquidity for the others',
    })
    return undefined
  }
  checkTraded(venue, step.minAmounts, 'minAmounts', check)
  if (Number(step.lower) > 0 && Number(step.upper) > Number(step.lower)) return venue
  findings.add('E_RANGE', [...path, 'upper'], 'a range goes from a lower to an upper price', {
    got: `${step.lower} to ${step.upper}`,
    allowed: '0 < lower < upper',
  })
  return undefined
}

function heldBy(scenario: Scenario, venue: Venue, step: StepOf<RangeVerb>, actor: string): bigint {
  const { tickLower, tickUpper } = ticksOf(scenario, venue.market as ConcentratedMarket, step)
  return rangesOf(scenario, venue).reduce(
    (sum, range) =>
      range.provider === actor &&
      range.vault === undefined &&
      range.tickLower === tickLower &&
      range.tickUpper === tickUpper
        ? sum + range.liquidity
        : sum,
    0n,
  )
}
