// From facts to outcomes: the end of an order and the state of its filler's receivable. docs/models/watcher.md says
// what each state means. Times: Unix seconds.

import { type Address, type ChainId, type NodeId, type OrderId, ZERO_ADDRESS } from '@solvent/primitives'
import { type NetworkSpec, type Party, type ReceivableState, signaturesNeeded } from '@solvent/protocol'
import type { OrderFacts } from './outcome-book.ts'

/** Where an order was at the end. `pending` is not ended; see docs/models/watcher.md for each state. */
export const orderEnds = ['settled', 'refunded', 'cancelled', 'expired', 'rejected', 'pending'] as const
export type OrderEnd = (typeof orderEnds)[number]

export interface OrderOutcome {
  /** `${user node}/${nonce}`: the same on every runtime, where order ids differ with the moment of signing. */
  readonly label: string
  readonly orderId: OrderId
  readonly user: Address
  readonly end: OrderEnd
  /** Reached at any time, in this order of life. */
  readonly opened: boolean
  readonly filled: boolean
  readonly refunded: boolean
  /** Its escrow paid somebody who did not fill it. */
  readonly stolen: boolean
  readonly originChainId: ChainId
  readonly inputToken: Address
  readonly inputAmount: bigint
  readonly outputChainId: ChainId
  readonly outputToken: Address
  readonly minAmount: bigint
  readonly prover: Address
  /** Who won the auction, or was named, or filled first; null when nobody did. */
  readonly winner: Address | null
  readonly winnerNode: NodeId | null
  /** Who delivered the output; null when unfilled. */
  readonly filler: Address | null
  /** Bids that the award reveals. */
  readonly bids: number
  /** What the recipient got, base units of the output token; null when unfilled. */
  readonly outputAmount: bigint | null
  /** The filler's claim; null when unfilled. */
  readonly receivable: ReceivableState | null
  /** Filled, unproven, and its prover paused or its expiry past: likely to strand. */
  readonly atRisk: boolean
}

/** How many orders ever reached a state; `pending` had not ended. */
export interface OrderCounts {
  /** An order of which parts are open counts as these. */
  readonly signed: number
  readonly parts: number
  readonly opened: number
  readonly filled: number
  readonly settled: number
  readonly refunded: number
  /** Settled too: their escrows are empty. */
  readonly stolen: number
  readonly stranded: number
  readonly expired: number
  readonly cancelled: number
  readonly rejected: number
  readonly pending: number
  readonly atRisk: number
}

/** What outcomes depend on beside the facts of the order. */
export interface OutcomeContext {
  readonly spec: NetworkSpec
  readonly users: readonly Party[]
  readonly now: number
  readonly attesterCount: (facts: OrderFacts) => number
  /** Whether the order's prover stands still on its origin chain. */
  readonly isProverPaused: (facts: OrderFacts) => boolean
}

export function orderOutcome(facts: OrderFacts, context: OutcomeContext): OrderOutcome {
  const { order, award, fill } = facts
  const winner = winnerOf(facts)
  const receivable = fill === null ? null : receivableOf(facts, context)
  return {
    label: labelOf(facts, context),
    orderId: facts.id,
    user: order.user,
    end: endOf(facts, context.now),
    opened: facts.isOpened,
    filled: fill !== null,
    refunded: facts.isRefunded,
    stolen: facts.isClaimed && isMisproven(facts),
    originChainId: order.originChainId,
    inputToken: order.input.token,
    inputAmount: order.input.amount,
    outputChainId: order.output.chainId,
    outputToken: order.output.token,
    minAmount: order.output.minAmount,
    prover: order.prover,
    winner,
    winnerNode: winner === null ? null : nodeOf(context.spec.solvers, winner),
    filler: fill?.solver ?? null,
    bids: award?.bids.length ?? 0,
    outputAmount: fill?.outputAmount ?? null,
    receivable,
    atRisk: receivable === 'held' || receivable === 'attested' ? isAtRisk(facts, context) : false,
  }
}

/** Counts are of orders that ever reached a state; `pending` of those that have not ended. */
export function countOrders(
  facts: readonly OrderFacts[],
  outcomes: readonly OrderOutcome[],
  now: number,
): OrderCounts {
  const count = (test: (outcome: OrderOutcome) => boolean): number => outcomes.filter(test).length
  return {
    signed: outcomes.length,
    parts: facts.filter(({ part }) => part !== null).length,
    opened: count(({ opened }) => opened),
    filled: count(({ filled }) => filled),
    settled: count(({ end }) => end === 'settled'),
    refunded: count(({ refunded }) => refunded),
    stolen: count(({ stolen }) => stolen),
    stranded: count(({ receivable }) => receivable === 'stranded'),
    expired: facts.filter((each) => isExpired(each, now)).length,
    cancelled: facts.filter(({ isCancelled }) => isCancelled).length,
    rejected: facts.filter(isRejected).length,
    pending: count(({ end }) => end === 'pending'),
    atRisk: count(({ atRisk }) => atRisk),
  }
}

/** Of a part: which order's, whose and the how manieth of its taker. */
function labelOf({ order, part }: OrderFacts, { users, spec }: OutcomeContext): string {
  const user = nodeOf(users, order.user) ?? order.user
  if (part === null || order.award.by !== 'user') return `${user}/${order.nonce}`
  const { solver } = order.award
  return `${user}/${part.nonce}/${nodeOf(spec.solvers, solver) ?? solver}/${part.salt}`
}

function nodeOf(parties: readonly Party[], address: Address): NodeId | null {
  return parties.find((party) => party.address === address)?.node ?? null
}

/** Awarded, or named by the user, or the first to fill. */
function winnerOf({ award, order, fill }: OrderFacts): Address | null {
  const named = award?.winner ?? (order.award.by === 'user' ? order.award.solver : ZERO_ADDRESS)
  return named === ZERO_ADDRESS ? (fill?.solver ?? null) : named
}

function endOf(facts: OrderFacts, now: number): OrderEnd {
  if (facts.isClaimed) return 'settled'
  if (facts.isRefunded) return 'refunded'
  if (facts.isOpened) return 'pending'
  if (facts.isCancelled) return 'cancelled'
  if (isRejected(facts)) return 'rejected'
  return now > facts.order.openDeadline ? 'expired' : 'pending'
}

/** Its deadline passed without a fill, whether it was ever opened or not. */
function isExpired(facts: OrderFacts, now: number): boolean {
  const { order, fill, isOpened, isCancelled } = facts
  if (fill !== null) return false
  return isOpened ? now > order.fillDeadline : !isCancelled && !isRejected(facts) && now > order.openDeadline
}

/** Its auctioneer found no feasible bid, and nobody opened it. */
function isRejected({ award, isOpened }: OrderFacts): boolean {
  return award !== null && award.winner === ZERO_ADDRESS && !isOpened
}

function receivableOf(facts: OrderFacts, context: OutcomeContext): ReceivableState {
  if (isMisproven(facts)) return 'stranded'
  if (facts.isClaimed) return 'claimed'
  if (isStranded(facts, context)) return 'stranded'
  if (facts.isProven) return 'proven'
  const prover = context.spec.bridges.find(({ address }) => address === facts.order.prover)
  const threshold = prover === undefined ? 1 : signaturesNeeded(prover.verification)
  return threshold > 0 && context.attesterCount(facts) >= threshold ? 'attested' : 'held'
}

/** The origin believes that somebody filled it who did not: nobody has, or another. */
function isMisproven({ provenFor, fill }: OrderFacts): boolean {
  return provenFor !== null && provenFor !== fill?.payee
}

/**
 * Nobody will pay for the fill: its escrow went back to the user, it was never opened in time, or it can be taken
 * back at any moment (unproven past `expires`) while the prover that should prove it stands still.
 */
function isStranded(facts: OrderFacts, { now, isProverPaused }: OutcomeContext): boolean {
  const { order } = facts
  if (facts.isRefunded) return true
  if (!facts.isOpened) return facts.isCancelled || now > order.openDeadline
  return !facts.isProven && (facts.isCancelled || (now > order.expires && isProverPaused(facts)))
}

function isAtRisk(facts: OrderFacts, { now, isProverPaused }: OutcomeContext): boolean {
  return now > facts.order.expires || isProverPaused(facts)
}
