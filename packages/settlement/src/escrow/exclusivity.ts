// Who may act on an order now, and what a fill must deliver: the order's pricing, the award, the exclusive window.
// Semantics: UniswapX ExclusivityLib (named solver, override in basis points, 0 is strict, window end inclusive);
// auctions by a signed award that binds its winner to an amount (first or second price, decided by the auctioneer).
import { type Address, type OrderId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type AmountRounding,
  type Award,
  awardDigest,
  awardsFrom,
  type Order,
  orderPrice,
  type RevertReason,
  type RoundedAmount,
  requiredUnderExclusivity,
  type SignedAward,
} from '@solvent/protocol'
import type { CallContext } from '../execution/call-context.ts'

/** The terms under which one solver may fill an order now. */
export interface FillTerms {
  /** Who alone may fill (or pays no override) until `exclusiveUntil`; the zero address for anyone. */
  readonly exclusiveSolver: Address
  readonly exclusiveUntil: number
  /** The least that must be delivered. */
  readonly requiredAmount: bigint
  readonly roundings: readonly AmountRounding[]
}

/** The order as a solver sees it, with the award it brings. */
export interface AwardedOrder {
  readonly order: Order
  readonly orderId: OrderId
  readonly award: SignedAward | null
}

const NO_ROUNDINGS: readonly AmountRounding[] = Object.freeze([])

/**
 * The terms for `solver` at the context's time, or why it may not fill.
 *
 * While an auctioneer's window runs, the winner alone may act, at the awarded amount; afterwards anyone may, at the
 * order's own price, award or not.
 */
export function fillTerms(
  context: CallContext,
  awarded: AwardedOrder,
  solver: Address,
): FillTerms | RevertReason {
  const { order } = awarded
  const { rules, now, tip } = context
  const rule = order.award
  // Where it is opened nothing is known of the destination's blocks.
  const block = context.chain.chainId === order.output.chainId ? context.number : null
  const price = orderPrice(order, { now, block, tip }, rules.decayedAmount)
  const priced = { requiredAmount: price.amount, roundings: roundingsOf(price) }
  if (rule.by === 'parts') return 'only-in-parts'
  if (rule.by === 'chain') return { ...priced, exclusiveSolver: ZERO_ADDRESS, exclusiveUntil: 0 }
  if (rule.by === 'auctioneer') {
    if (!rules.exclusivityHolds(now, rule.exclusiveUntil))
      return { ...priced, exclusiveSolver: ZERO_ADDRESS, exclusiveUntil: rule.exclusiveUntil }
    const checked = checkAward(context, awarded, rule)
    if (typeof checked === 'string') return checked
    if (checked.winner !== solver) return 'exclusive'
    const { winner, outputAmount } = checked
    return {
      exclusiveSolver: winner,
      exclusiveUntil: rule.exclusiveUntil,
      requiredAmount: outputAmount,
      roundings: NO_ROUNDINGS,
    }
  }
  const required = requiredUnderExclusivity(price.amount, solver, rule, now, rules)
  if (required === null) return 'exclusive'
  return {
    exclusiveSolver: rule.solver,
    exclusiveUntil: rule.exclusiveUntil,
    requiredAmount: required.amount,
    roundings: roundingsOf(price, required),
  }
}

function roundingsOf(...amounts: readonly RoundedAmount[]): readonly AmountRounding[] {
  const roundings = amounts.flatMap(({ rounding }) => (rounding === null ? [] : [rounding]))
  return roundings.length === 0 ? NO_ROUNDINGS : roundings
}

function checkAward(
  context: CallContext,
  { order, orderId, award: signed }: AwardedOrder,
  rule: Extract<Order['award'], { by: 'auctioneer' }>,
): Award | RevertReason {
  if (signed === null) return 'award-missing'
  const { award, signature } = signed
  const from = awardsFrom(context.index.spec, rule, award.auctioneer)
  const sound =
    award.orderId === orderId &&
    from !== null &&
    context.now >= from &&
    award.winner !== ZERO_ADDRESS &&
    award.exclusiveUntil === rule.exclusiveUntil &&
    award.outputAmount >= order.output.minAmount
  if (!sound || !context.verifier.verify(awardDigest(award), signature, award.auctioneer))
    return 'award-invalid'
  return award
}
