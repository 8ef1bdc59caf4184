// Who may act on an order now, and what a fill must deliver: the order's pricing, the award, the exclusive window.
// Semantics: UniswapX ExclusivityLib (named solver, override in basis points, 0 is strict, window end inclusive);
// auctions by a signed award that binds its winner to an amount (first or second price, decided by the auctioneer).
import { type Address, type OrderId, ZERO_ADDRESS } from '@solvent/primitives'
import { type Award, awardDigest, type Order, type RevertReason, type SignedAward } from '@solvent/protocol'
import type { CallContext } from '../execution/call-context.ts'
import type { AmountRounding } from './pricing.ts'

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
  const rule = order.award
  const priced = priceNow(context, order)
  if (rule.by === 'chain') return { ...priced, exclusiveSolver: ZERO_ADDRESS, exclusiveUntil: 0 }
  const window = context.rules.exclusivityHolds(context.now, rule.exclusiveUntil)
  if (rule.by === 'auctioneer') {
    if (!window) return { ...priced, exclusiveSolver: ZERO_ADDRESS, exclusiveUntil: rule.exclusiveUntil }
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
  const named = { exclusiveSolver: rule.solver, exclusiveUntil: rule.exclusiveUntil }
  if (!window || rule.solver === solver || rule.solver === ZERO_ADDRESS) return { ...priced, ...named }
  if (rule.overrideBps === 0) return 'exclusive'
  const { amount, rounding } = context.rules.overriddenAmount(priced.requiredAmount, rule.overrideBps)
  const roundings = rounding === null ? priced.roundings : [...priced.roundings, rounding]
  return { ...named, requiredAmount: amount, roundings }
}

/** The order's own price at the context's time, before any override. */
export function priceNow(
  context: CallContext,
  { pricing, output }: Order,
): Pick<FillTerms, 'requiredAmount' | 'roundings'> {
  if (pricing.rule === 'limit') return { requiredAmount: output.minAmount, roundings: NO_ROUNDINGS }
  const { startAmount, decayStart, decayEnd } = pricing
  const decay = { startAmount, endAmount: output.minAmount, decayStart, decayEnd }
  const { amount, rounding } = context.rules.decayedAmount(decay, context.now)
  return { requiredAmount: amount, roundings: rounding === null ? NO_ROUNDINGS : [rounding] }
}

function checkAward(
  context: CallContext,
  { order, orderId, award: signed }: AwardedOrder,
  rule: Extract<Order['award'], { by: 'auctioneer' }>,
): Award | RevertReason {
  if (signed === null) return 'award-missing'
  const { award, signature } = signed
  const sound =
    award.orderId === orderId &&
    award.auctioneer === rule.auctioneer &&
    award.winner !== ZERO_ADDRESS &&
    award.exclusiveUntil === rule.exclusiveUntil &&
    award.outputAmount >= order.output.minAmount
  if (!sound || !context.verifier.verify(awardDigest(award), signature, rule.auctioneer))
    return 'award-invalid'
  return award
}
