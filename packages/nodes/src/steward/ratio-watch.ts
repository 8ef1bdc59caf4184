// A rule by which a member moves what may be lent against a collateral with the realised volatility of its oracle: a loan at the limit is to
// survive a fall of so many standard deviations over a horizon without becoming liquidatable. The threshold stays where it is, so the rule
// liquidates nobody. Variance: RiskMetrics, Technical Document (J.P. Morgan, 1996), §5.2. Haircuts by such a quantile, with bounds against
// procyclical moves: CPMI-IOSCO, Principles for financial market infrastructures (2012), principle 5.
import { type Address, BPS, maxBig, minBig, msToSeconds } from '@solvent/primitives'
import type { AuthoritySpec, Block, Measure, NetworkSpec, TermsChange } from '@solvent/protocol'
import { afterReturn, type DynamicMarginRules, marginBpsUp, type RealisedVariance } from '@solvent/settlement'
import { mayStep, stepTowards, TermsHistory } from './terms-history.ts'

export interface RatioRule {
  readonly pool: Address
  readonly token: Address
  readonly oracle: Address
  /** Returns are of so long. */
  readonly intervalSeconds: number
  /** What a fall is taken to be; its floor is 1 basis point. */
  readonly fall: DynamicMarginRules
  /** The loan-to-value is never below it; above, it ends at what the pool began with. */
  readonly floorLtvBps: bigint
  /** Smaller moves are not worth a transaction. */
  readonly leastStepBps: bigint
}

/** Prices and variance as of a block. */
interface Sight {
  readonly number: number
  readonly answerE8: bigint
  readonly variance: RealisedVariance
  /** The next interval ends then, Unix seconds. */
  readonly endsAt: number
}

const UNCHANGED: TermsChange = {
  ltvBps: null,
  liquidationThresholdBps: null,
  supplyCap: null,
  borrowCap: null,
  status: null,
}

export class RatioWatch {
  readonly #rule: RatioRule
  readonly #authority: AuthoritySpec
  readonly #history: TermsHistory
  readonly #sights: Sight[] = []

  constructor(rule: RatioRule, authority: AuthoritySpec, spec: NetworkSpec) {
    this.#rule = rule
    this.#authority = authority
    this.#history = new TermsHistory(rule, spec)
    const source = spec.oracles.find(({ address }) => address === rule.oracle)?.source
    if (source?.kind !== 'feed' || source.genesisE8 === null) return
    const { genesisE8: answerE8 } = source
    this.#sights.push({ number: -1, ...this.#first(answerE8, msToSeconds(spec.genesisMs)) })
  }

  followed(block: Block): void {
    this.#history.followed(block)
    const { number, timestamp } = block.header
    const before = this.#sights.at(-1)
    let sight = before === undefined ? undefined : this.#ended(before, timestamp)
    for (const { events } of block.receipts)
      for (const event of events) {
        if (event.kind !== 'price-updated' || event.oracle !== this.#rule.oracle) continue
        const { answerE8 } = event
        if (answerE8 <= 0n) continue
        sight = { ...(sight ?? this.#first(answerE8, timestamp)), number, answerE8 }
      }
    if (sight !== undefined && sight !== before) this.#sights.push({ ...sight, number })
  }

  /** The newest block is no longer followed. */
  orphaned(block: Block): void {
    this.#history.orphaned(block)
    while (this.#sights.at(-1)?.number === block.header.number) this.#sights.pop()
  }

  /** How often the terms have been set. */
  get steps(): number {
    return this.#history.steps
  }

  /** What a loan may be of its collateral's value now, basis points: ⌊threshold · (1 − fall)⌋ within its bounds. */
  get targetBps(): bigint | null {
    const sight = this.#sights.at(-1)
    const { current, first } = this.#history
    if (sight === undefined || current === undefined || first === undefined) return null
    const { fall, floorLtvBps } = this.#rule
    const room = (current.terms.liquidationThresholdBps * (BPS - marginBpsUp(sight.variance, fall))) / BPS
    return minBig(maxBig(room, floorLtvBps), first.terms.ltvBps)
  }

  /** The next step towards the target, if one may be taken at that time; null: nothing is to be done. */
  next(nowSeconds: number): Measure | null {
    const { current } = this.#history
    const target = this.targetBps
    if (current === undefined || target === null || !mayStep(this.#authority, current, nowSeconds))
      return null
    const { ltvBps: from } = current.terms
    const distance = maxBig(target - from, from - target)
    if (distance < this.#rule.leastStepBps) return null
    const { pool, token } = this.#rule
    const ltvBps = stepTowards(this.#authority, from, target)
    return { kind: 'set-terms', pool, token, change: { ...UNCHANGED, ltvBps } }
  }

  /** The first answer that is known, at a moment: its variance is 0. */
  #first(answerE8: bigint, at: number): Omit<Sight, 'number'> {
    const variance = { priceE8: answerE8, varianceE18: 0n }
    return { answerE8, variance, endsAt: at + this.#rule.intervalSeconds }
  }

  /** Intervals that are over by a moment: the first has the return, those after it none. */
  #ended(sight: Sight, timestamp: number): Sight {
    let { variance, endsAt } = sight
    if (timestamp < endsAt) return sight
    for (; timestamp >= endsAt; endsAt += this.#rule.intervalSeconds)
      variance = afterReturn(variance, sight.answerE8, this.#rule.fall)
    return { ...sight, variance, endsAt }
  }
}
