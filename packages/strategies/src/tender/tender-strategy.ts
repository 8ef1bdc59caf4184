// What plugs into the fast repeated auction and into a solver node alike: a rule from a tender to a price, which may learn from what
// became of earlier ones. It sees no clock, no other node and no shared state.
import type { CanonicalValue, RuleParameter } from '@solvent/primitives'
import type { Tender, TenderOutcome } from './tender.ts'

/** Part of a tender's value that one ring member owes another. */
export interface SidePayment {
  readonly to: string
  readonly part: number
}

export interface TenderStrategy {
  /** The price asked for, or null for no bid. A price below the cost or above the reserve is the strategy's own decision. */
  bid(tender: Tender): number | null
  /** Whether the order would be filled if it were won at this price; absent: always. False is a fade. Asked of any tender, won or not. */
  honours?(tender: Tender, price: number): boolean
  /** Every bidder hears of every tender that is over, its own and those of others, once and in order of time. */
  learn?(outcome: TenderOutcome): void
  /** What this bidder owes others after a tender. */
  owes?(outcome: TenderOutcome): readonly SidePayment[]
  /** What must survive a restart, and taking it back; absent for strategies without memory. */
  readonly memory?: { save(): CanonicalValue; restore(saved: CanonicalValue): void }
}

/** Whether a solver breaks the rules of competition, and how: the ground truth that a screen is scored against. */
export type Conduct = 'competitive' | 'learning' | 'collusive' | 'manipulative'

/** A kind of strategy. One file each, registered in `tender-strategies.ts`. */
export interface TenderStrategyKind<Kind extends string, Parameters extends string> {
  readonly kind: Kind
  readonly conduct: Conduct
  readonly parameters: Readonly<Record<Parameters, RuleParameter>>
  /** @param ring members of the ring that it belongs to, itself included, in an order that all agree on; empty outside rings */
  create(parameters: Readonly<Record<Parameters, number>>, ring: readonly string[]): TenderStrategy
}
