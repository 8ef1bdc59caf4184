// Steps that trade on a market or provide for it.
import { msToSeconds, parseUnits } from '@solvent/primitives'
import { type MarketCall, marketAddress } from '@solvent/protocol'
import { accountOf, tokenAddress } from '../assembly/addresses.ts'
import { freeShares } from '../lending/claims-at-start.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAmount } from '../scenario/check-amount.ts'
import { pairOf, providerOf, type Venue, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ResolvedStep, StepCheck, StepFamily, StepOf, StepResolution } from './step-rule.ts'

type MarketVerb = 'swap' | 'add-liquidity' | 'remove-liquidity'
type MarketStep = StepOf<MarketVerb>
/** Any step at a market. */
interface AtMarket {
  readonly market: string
  readonly deadlineSeconds?: number | undefined
}

/** Without a deadline: the last second that 32 bits can say. */
const NEVER = 2 ** 32 - 1
const PERCENT_PARTS = 10n ** 6n

export const marketSteps: StepFamily<MarketVerb> = {
  swap: {
    check(step, check) {
      const venue = checkVenue(step, check)
      if (venue === undefined) return
      const { scenario, path, findings } = check
      const pair = pairOf(venue.market)
      if (!findings.reference([...path, 'sell'], 'asset of the market', step.sell, pair)) return
      const unit = (symbol: string) => ({ symbol, ...scenario.assets[symbol]! })
      checkAmount(step.amount, unit(step.sell), [...path, 'amount'], findings)
      checkAmount(step.minOut, unit(bought(step, pair)), [...path, 'minOut'], findings)
    },
    resolve(step, resolution) {
      const { market } = venueOf(resolution.scenario, step)
      const units = unitsOf(resolution.scenario)
      return resolved(step, resolution, (terms) => ({
        kind: 'swap',
        ...terms,
        tokenIn: tokenAddress(resolution.scenario, market.chain, step.sell),
        amountIn: units(step.sell, step.amount),
        minAmountOut: units(bought(step, pairOf(market)), step.minOut),
      }))
    },
  },
  'add-liquidity': {
    check(step, check) {
      const venue = checkShared(step, check)
      if (venue === undefined) return
      const { path, findings } = check
      checkTraded(venue, step.amounts, 'amounts', check)
      checkTraded(venue, step.minAmounts, 'minAmounts', check)
      const missing = pairOf(venue.market).find((symbol) => !(symbol in step.amounts))
      if (missing !== undefined)
        findings.add('E_VALUE', [...path, 'amounts'], 'both assets of a market are provided together', {
          got: Object.keys(step.amounts).join(', ') || 'none',
          allowed: pairOf(venue.market).join(', '),
        })
    },
    resolve(step, resolution) {
      const [first, second] = pairOf(venueOf(resolution.scenario, step).market)
      const units = unitsOf(resolution.scenario)
      return resolved(step, resolution, (terms) => ({
        kind: 'add-liquidity',
        ...terms,
        amount0: units(first, step.amounts[first]!),
        amount1: units(second, step.amounts[second]!),
        ...least(resolution.scenario, step),
      }))
    },
  },
  'remove-liquidity': {
    check(step, check) {
      const venue = checkShared(step, check)
      if (venue === undefined) return
      const { actor, path, findings } = check
      checkTraded(venue, step.minAmounts, 'minAmounts', check)
      const provider = providerOf(venue.market)
      if (provider !== actor)
        findings.add('E_REFERENCE', [...path, 'market'], `${actor} has no shares of the market`, {
          got: `provider ${provider ?? 'is a passive account'}`,
          allowed: `a market whose provider is ${actor}`,
        })
    },
    resolve(step, resolution) {
      const { scenario } = resolution
      const parts = BigInt(Math.round(step.percent * Number(PERCENT_PARTS / 100n)))
      return resolved(step, resolution, (terms) => ({
        kind: 'remove-liquidity',
        ...terms,
        shares: (freeShares(scenario, venueOf(scenario, step)) * parts) / PERCENT_PARTS,
        ...least(scenario, step),
      }))
    },
  },
}

export function checkVenue(step: AtMarket, { scenario, path, findings }: StepCheck): Venue | undefined {
  const venues = venuesOf(scenario)
  const names = venues.map(({ name }) => name)
  findings.reference([...path, 'market'], 'market', step.market, names)
  const { deadlineSeconds = scenario.durationSeconds } = step
  if (deadlineSeconds > scenario.durationSeconds)
    findings.add('E_RANGE', [...path, 'deadlineSeconds'], 'the deadline comes after the end of the run', {
      got: String(deadlineSeconds),
      allowed: `at most ${scenario.durationSeconds}`,
    })
  return venues.find(({ name }) => name === step.market)
}

function hasShares({ market }: Venue): boolean {
  return market.kind === 'constant-product' || market.kind === 'stable-swap'
}

/** A market whose depth belongs to shares. */
function checkShared(step: MarketStep, check: StepCheck): Venue | undefined {
  const venue = checkVenue(step, check)
  if (venue === undefined || hasShares(venue)) return venue
  check.findings.add('E_VALUE', [...check.path, 'market'], 'its depth does not belong to shares', {
    got: venue.market.kind,
    allowed: 'a pair or a stable pool; mint-range and burn-range for ranges, place-order for a book',
  })
  return undefined
}

export function checkTraded(
  { market }: Venue,
  amounts: Readonly<Record<string, string>>,
  key: 'amounts' | 'minAmounts',
  { scenario, path, findings }: StepCheck,
): void {
  for (const [symbol, amount] of Object.entries(amounts)) {
    const at = [...path, key]
    const asset = scenario.assets[symbol]
    if (!findings.reference(at, 'asset of the market', symbol, pairOf(market)) || asset === undefined)
      continue
    checkAmount(amount, { symbol, ...asset }, [...at, symbol], findings)
  }
}

function bought({ sell }: StepOf<'swap'>, pair: readonly [string, string]): string {
  return pair[0] === sell ? pair[1] : pair[0]
}

export function venueOf(scenario: Scenario, step: Pick<AtMarket, 'market'>): Venue {
  return venuesOf(scenario).find(({ name }) => name === step.market)!
}

export function unitsOf({ assets }: Scenario) {
  return (symbol: string, amount: string): bigint => parseUnits(amount, assets[symbol]!.decimals)
}

export function least(
  scenario: Scenario,
  step: { readonly market: string; readonly minAmounts: Readonly<Record<string, string>> },
) {
  const [first, second] = pairOf(venueOf(scenario, step).market)
  const units = unitsOf(scenario)
  return {
    minAmount0: units(first, step.minAmounts[first] ?? '0'),
    minAmount1: units(second, step.minAmounts[second] ?? '0'),
  }
}

type Terms = Pick<Extract<MarketCall, { kind: 'swap' }>, 'market' | 'recipient' | 'deadline'>

export function resolved(
  step: AtMarket,
  { scenario, seed, actor, spec }: StepResolution,
  call: (terms: Terms) => MarketCall,
): ResolvedStep {
  const { name, market } = venueOf(scenario, step)
  const deadline =
    step.deadlineSeconds === undefined ? NEVER : msToSeconds(spec.genesisMs) + step.deadlineSeconds
  const terms = { market: marketAddress(name), recipient: accountOf(seed, actor), deadline }
  return { chainId: chainIdOf(scenario, market.chain), action: { kind: 'call', call: call(terms) } }
}
