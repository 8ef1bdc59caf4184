// From a planned order to the order that is signed. Every deadline counts from the scheduled moment, so that the same
// order with the same id arises whenever the node gets round to signing it.
import { type Address, BPS, msToSeconds } from '@solvent/primitives'
import type { AwardRule, ChainSpec, NetworkSpec, Order, Pricing } from '@solvent/protocol'
import type { OrderFlow } from './order-flow.ts'
import type { PlannedOrder } from './order-plan.ts'

export interface TermsContext {
  readonly spec: NetworkSpec
  readonly flow: OrderFlow
  /** Who signs and receives. */
  readonly user: Address
}

/** A solver's quote that the user has chosen. */
export interface ChosenQuote {
  readonly solver: Address
  readonly outputAmount: bigint
}

/** Unix seconds of an order's moments. */
export function momentsOf({ scheduledMs }: PlannedOrder, flow: OrderFlow) {
  const scheduled = msToSeconds(scheduledMs)
  const closesAt = closeOf(scheduled, flow)
  return {
    scheduled,
    /** Last second for bids or quotes, and the end of the Dutch decay. */
    closesAt,
    exclusiveUntil: Math.min(closesAt + flow.exclusivitySeconds, scheduled + flow.fillSeconds),
    fillDeadline: scheduled + flow.fillSeconds,
    expires: scheduled + flow.expiresSeconds,
  }
}

/** Orders that come in the last seconds of a batch are for the next one. */
const BATCH_LEAD_SECONDS = 4

/** Batches close at multiples of their length. */
function closeOf(scheduled: number, { auctionRule, auctionSeconds }: OrderFlow): number {
  if (auctionRule !== 'fair-combinatorial') return scheduled + auctionSeconds
  return Math.ceil((scheduled + BATCH_LEAD_SECONDS) / auctionSeconds) * auctionSeconds
}

/** The order for an auctioneer. */
export function auctionedOrder(planned: PlannedOrder, context: TermsContext): Order {
  const { spec, flow } = context
  const { closesAt, exclusiveUntil } = momentsOf(planned, flow)
  const auctioneer = spec.auctioneers[planned.index % Math.max(1, spec.auctioneers.length)]
  if (auctioneer === undefined) return openOrder(planned, context)
  const award = {
    by: 'auctioneer',
    auctioneer: auctioneer.address,
    rule: flow.auctionRule,
    closesAt,
    exclusiveUntil,
  } as const
  return orderOf(planned, context, auctionPricing(planned, award), award)
}

/**
 * After the window of whoever won a request for quotes its price falls for all others, from fair value, for as long again; orders of
 * other auctions stay at their minimum.
 */
function auctionPricing(
  { fairAmount, minAmount }: PlannedOrder,
  { rule, closesAt, exclusiveUntil }: Extract<AwardRule, { by: 'auctioneer' }>,
): Pricing {
  if (rule !== 'request-for-quote' || fairAmount <= minAmount) return { rule: 'limit' }
  const decayEnd = exclusiveUntil + (exclusiveUntil - closesAt)
  return { rule: 'dutch', startAmount: fairAmount, decayStart: exclusiveUntil, decayEnd }
}

/**
 * A unit of priority fee, wei per gas, and how much the output grows by it, in units of 1e-7: 50 basis points are 5 gwei, which
 * cost a fill about a dollar.
 */
const PRIORITY_FEE = { feeUnit: 1_000_000n, milliBipsPerFee: 10 } as const

/** The order for the first valid fill: a Dutch price from fair value down to the minimum, unless the flow says otherwise. */
export function openOrder(planned: PlannedOrder, context: TermsContext): Order {
  const { chainPricing } = context.flow
  if (chainPricing === 'block-dutch')
    return orderOf(planned, context, curvePricing(planned, context), { by: 'chain' })
  if (chainPricing !== 'dutch') {
    const pricing: Pricing =
      chainPricing === 'limit' ? { rule: 'limit' } : { rule: chainPricing, ...PRIORITY_FEE }
    return orderOf(planned, context, pricing, { by: 'chain' })
  }
  const { scheduled, closesAt } = momentsOf(planned, context.flow)
  const decays = planned.fairAmount > planned.minAmount && closesAt > scheduled
  const pricing: Pricing = decays
    ? { rule: 'dutch', startAmount: planned.fairAmount, decayStart: scheduled, decayEnd: closesAt }
    : { rule: 'limit' }
  return orderOf(planned, context, pricing, { by: 'chain' })
}

/** Blocks that come meanwhile are not counted against the price, ms (UniswapX cosigner: 5 s). */
const CURVE_BUFFER_MS = 5_000

/**
 * From fair value down to the minimum along a curve of the destination's blocks, from the first that is 5 s or more after the scheduled moment.
 * Their numbers count slots, so that it is known beforehand.
 */
function curvePricing(
  { fairAmount, minAmount, destination, scheduledMs }: PlannedOrder,
  { spec, flow }: TermsContext,
): Pricing {
  const chain = chainOf(spec, destination)
  if (fairAmount <= minAmount) return { rule: 'limit' }
  const decayStartBlock = Math.ceil((scheduledMs + CURVE_BUFFER_MS - spec.genesisMs) / chain.slotMs)
  const curve = flow.blockCurve.map(({ blocks, fallBps }) => ({
    blocks,
    fall: ((fairAmount - minAmount) * BigInt(fallBps)) / BPS,
  }))
  return { rule: 'block-dutch', startAmount: fairAmount, decayStartBlock, curve }
}

/** The order that solvers take in parts, at the price that whoever takes and fills first is content with. */
export function dividedOrder(planned: PlannedOrder, context: TermsContext): Order {
  const { leastPartBps } = context.flow
  const { exclusiveUntil } = momentsOf(planned, context.flow)
  return { ...openOrder(planned, context), award: { by: 'parts', leastPartBps, exclusiveUntil } }
}

/** The order that names the solver whose quote was best, at what it quoted. */
export function quotedOrder(
  planned: PlannedOrder,
  context: TermsContext,
  { solver, outputAmount }: ChosenQuote,
): Order {
  const { exclusiveUntil } = momentsOf(planned, context.flow)
  const award = { by: 'user', solver, exclusiveUntil, overrideBps: 0 } as const
  return orderOf({ ...planned, minAmount: outputAmount }, context, { rule: 'limit' }, award)
}

function orderOf(
  planned: PlannedOrder,
  { spec, flow, user }: TermsContext,
  pricing: Pricing,
  award: AwardRule,
): Order {
  const { fillDeadline, expires } = momentsOf(planned, flow)
  const { origin, destination, inputToken, inputAmount, outputToken, minAmount, prover, recipient } = planned
  return {
    originChainId: origin,
    originSettler: chainOf(spec, origin).settler,
    user,
    nonce: BigInt(planned.index),
    openDeadline: fillDeadline,
    fillDeadline,
    expires,
    input: { token: inputToken, amount: inputAmount },
    output: {
      chainId: destination,
      settler: chainOf(spec, destination).settler,
      token: outputToken,
      minAmount,
      recipient: recipient ?? user,
    },
    prover,
    pricing,
    award,
  }
}

function chainOf(spec: NetworkSpec, chainId: PlannedOrder['origin']): ChainSpec {
  const chain = spec.chains.find((each) => each.chainId === chainId)
  if (chain === undefined) throw new Error(`The network has no chain ${chainId}.`)
  return chain
}
