// What a mechanism is: a pure rule from the offers of a round to who delivers what. Solvers sell, users buy: an offer is the output
// that a solver would deliver for the order's fixed input (Krishna, Auction Theory, 2nd ed., §2.1, with the sides swapped). Amounts
// are base units of one token, or of one numeraire where an offer covers several lots; times are ms since the round began.
import type { RuleParameter } from '@solvent/primitives'

/** The right to deliver one order. */
export interface Lot {
  readonly id: string
  /** The directed pair of tokens, for rules that compare within a pair; rules for one lot do not read it. */
  readonly pair: string
  /** The least output that the user accepts. */
  readonly reserve: bigint
  /** Where a falling price begins; at least the reserve. */
  readonly start: bigint
  /** What an attempt that comes too late costs whoever made it (gas of a reverted fill). */
  readonly attemptCost: bigint
  /** Who alone may take it, or at the better price, for as long as the rule says; null: nobody. */
  readonly exclusive: string | null
}

/** What a solver is ready to deliver: one lot, or several together or not at all. */
export interface Offer {
  /** Unique in the round; the last tie-break, so that the order of offers is total. */
  readonly id: string
  readonly bidder: string
  /** The most output that it would deliver, by lot. */
  readonly amounts: ReadonlyMap<string, bigint>
  /** From its decision until it is with whoever decides: latency of the network, or of the block that carries it. */
  readonly delayMs: number
  /** It would not be honoured: what its bidder means to do, which no rule sees before the award. */
  readonly fades: boolean
}

/** Everything that one clearing decides about. */
export interface Round {
  readonly lots: readonly Lot[]
  readonly offers: readonly Offer[]
  /** How reliably bidders have kept what they won, ppm, for rules that select by it; whoever has no record, and absent: always. */
  readonly reliabilityPpm?: ReadonlyMap<string, number>
}

export interface LotAward {
  readonly lot: string
  readonly offer: Offer
  /** What the winner must deliver; at least the reserve. */
  readonly amount: bigint
  /** When the winner is known. */
  readonly atMs: number
}

/** Why an offer plays no part in a round, or had its award taken away. */
export const dropReasons = [
  'below-reserve',
  'late',
  'unrevealed',
  'bundle',
  'unfair',
  'barred',
  'faded',
  'not-admitted',
] as const
export type DropReason = (typeof dropReasons)[number]

/** Money that moves besides the output: gas burnt, a fee to a producer, a reward to a solver. Never negative. */
export interface Payment {
  readonly from: string
  readonly to: string
  readonly amount: bigint
  readonly why: 'lost-attempt' | 'priority-fee' | 'reward' | 'penalty' | 'slash'
}

/** Parties of payments that are no bidders. */
export const GAS = 'gas'
export const PRODUCER = 'producer'
export const PROTOCOL = 'protocol'

export interface Clearing {
  /** At most one a lot, in the order of the lots. */
  readonly awards: readonly LotAward[]
  readonly dropped: readonly { readonly offer: Offer; readonly reason: DropReason }[]
  readonly payments: readonly Payment[]
}

/** A rule with its parameters fixed. The same round gives the same clearing, in whatever order its offers come. */
export interface Mechanism {
  clear(round: Round): Clearing
}

/** A kind of mechanism: its name, its parameters, and how it is made from them. One file each, registered in `registry.ts`. */
export interface MechanismRule<Rule extends string, Parameters extends string> {
  readonly rule: Rule
  readonly parameters: Readonly<Record<Parameters, RuleParameter>>
  create(parameters: Readonly<Record<Parameters, number>>): Mechanism
}
