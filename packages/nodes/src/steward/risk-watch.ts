// A rule by which a member acts on risk: when an oracle's answer has fallen far enough within a window, the terms of a reserve are to
// become what the rule says, in steps as large as the authority's bounds allow. Source: Aave's risk stewards and the agents that
// drive them (a largest step and a least time between steps).
import type { Address } from '@solvent/primitives'
import type { AuthoritySpec, Block, Measure, NetworkSpec, TermsChange } from '@solvent/protocol'
import { mayStep, stepTowards, TermsHistory } from './terms-history.ts'

export interface RiskRule {
  readonly pool: Address
  readonly token: Address
  readonly oracle: Address
  readonly fallBps: number
  readonly windowSeconds: number
  readonly target: TermsChange
}

interface Seen {
  readonly number: number
  readonly at: number
  readonly answerE8: bigint
}

const BPS = 10_000n

export class RiskWatch {
  readonly #rule: RiskRule
  readonly #authority: AuthoritySpec
  readonly #answers: Seen[] = []
  readonly #history: TermsHistory
  /** The rule has spoken; it does not take back what it said. */
  #isAlarmed = false

  constructor(rule: RiskRule, authority: AuthoritySpec, spec: NetworkSpec) {
    this.#rule = rule
    this.#authority = authority
    this.#history = new TermsHistory(rule, spec)
  }

  followed(block: Block): void {
    this.#history.followed(block)
    const { number, timestamp } = block.header
    for (const { events } of block.receipts)
      for (const event of events) {
        if (event.kind !== 'price-updated' || event.oracle !== this.#rule.oracle) continue
        this.#answers.push({ number, at: timestamp, answerE8: event.answerE8 })
        if (this.#hasFallen(timestamp)) this.#isAlarmed = true
      }
  }

  /** The newest block is no longer followed. */
  orphaned(block: Block): void {
    this.#history.orphaned(block)
    while (this.#answers.at(-1)?.number === block.header.number) this.#answers.pop()
  }

  /** How often the terms have been set. */
  get steps(): number {
    return this.#history.steps
  }

  /** The next step towards the target, if one may be taken at that time; null: nothing is to be done. */
  next(nowSeconds: number): Measure | null {
    const { current } = this.#history
    if (!this.#isAlarmed || current === undefined || !mayStep(this.#authority, current, nowSeconds))
      return null
    const { pool, token, target } = this.#rule
    const { terms } = current
    const towards = (key: 'ltvBps' | 'liquidationThresholdBps'): bigint | null => {
      const to = target[key]
      if (to === null || to === terms[key]) return null
      return stepTowards(this.#authority, terms[key], to)
    }
    const change: TermsChange = {
      ltvBps: towards('ltvBps'),
      liquidationThresholdBps: towards('liquidationThresholdBps'),
      supplyCap: target.supplyCap === terms.supplyCap ? null : target.supplyCap,
      borrowCap: target.borrowCap === terms.borrowCap ? null : target.borrowCap,
      status: target.status === terms.status ? null : target.status,
    }
    return Object.values(change).every((each) => each === null)
      ? null
      : { kind: 'set-terms', pool, token, change }
  }

  /** From the highest answer of the window to the newest. */
  #hasFallen(now: number): boolean {
    const { windowSeconds, fallBps } = this.#rule
    const newest = this.#answers.at(-1)!.answerE8
    // What stood when the window began counts: it is the last answer before it.
    const from = this.#answers.findLastIndex(({ at }) => now - at >= windowSeconds)
    const highest = this.#answers
      .slice(Math.max(from, 0))
      .reduce((most, { answerE8 }) => max(most, answerE8), 0n)
    return (highest - newest) * BPS >= highest * BigInt(fallBps) && highest > newest
  }
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
