// Risk-averse: a margin plus a premium for each reason why the payment may not come: few signatures prove the
// fill, much is outstanding on the same bridge already, an asset is only as good as its bridge, the payment is
// far away, or the escrow may still be re-organised. It declines above its limits. The units are a judgement,
// not an estimate; sources and calibration in docs/models/strategies.md.
import { divUp } from '@solvent/primitives'
import type { BidContext, BiddingStrategy } from './bidding-strategy.ts'
import { offerAtMargin, PPM_PER_BPS } from './margin.ts'

export interface RiskAverseConfig {
  readonly kind: 'risk-averse'
  /** Margin without any risk; 0 to 10000. */
  readonly marginBps: number
  /** Premium for one whole unit of risk; 0 to 10000. */
  readonly premiumBps: number
  /** Declines orders that pay later than this; default 8 days, one day over the longest canonical exit. */
  readonly maxSecondsUntilPayout?: number
}

const DEFAULT_MAX_SECONDS_UNTIL_PAYOUT = 8 * 86_400
const SECONDS_PER_DAY = 86_400
const QUARTERS = 4n

/**
 * Risk of an order in quarters of a unit: a lone signature 4, two 2; each started quarter of the exposure limit 1;
 * wrapped input 2, wrapped output 1; each started day until the payment 1, at most 4; an unsafe or only promised escrow 1.
 */
export function riskQuarters(context: BidContext): bigint {
  const { threshold, exposureE8, exposureLimitE8 } = context.prover
  const signatures = threshold === 1 ? 4n : threshold === 2 ? 2n : 0n
  const after = exposureE8 + context.inputValueE8
  const exposure = exposureLimitE8 > 0n ? divUp(after * QUARTERS, exposureLimitE8) : QUARTERS
  const wrapped = (context.inputWrapped ? 2n : 0n) + (context.output.wrapped ? 1n : 0n)
  const days = BigInt(Math.min(4, Math.ceil(context.secondsUntilPayout / SECONDS_PER_DAY)))
  return signatures + exposure + wrapped + days + (WEAK.has(context.confirmation) ? 1n : 0n)
}

/** What a block or less stands behind can be taken back, or never come. */
const WEAK: ReadonlySet<BidContext['confirmation']> = new Set<BidContext['confirmation']>([
  'preconfirmed',
  'unsafe',
])

/** margin + premium · risk, rounded up; nothing above the exposure limit or beyond the longest wait. */
export function createRiskAverse(config: RiskAverseConfig): BiddingStrategy {
  const marginPpm = BigInt(config.marginBps) * PPM_PER_BPS
  const premiumPpm = BigInt(config.premiumBps) * PPM_PER_BPS
  const longestWait = config.maxSecondsUntilPayout ?? DEFAULT_MAX_SECONDS_UNTIL_PAYOUT
  return {
    decide(context) {
      if (context.secondsUntilPayout > longestWait) return { status: 'declined', reason: 'payout-too-late' }
      const { exposureE8, exposureLimitE8 } = context.prover
      if (exposureE8 + context.inputValueE8 > exposureLimitE8)
        return { status: 'declined', reason: 'exposure-limit' }
      return offerAtMargin(context, marginPpm + divUp(premiumPpm * riskQuarters(context), QUARTERS))
    },
  }
}
