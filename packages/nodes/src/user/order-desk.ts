// Signing and following: an order is stored before it leaves, then published, opened by the user where no auctioneer
// does it, given up when that was drawn, and refunded when it has expired unproven.
import type { Ports, StoreTicket, TimerId } from '@solvent/ports'
import { MS_PER_SECOND, type OrderId, secondsToMs } from '@solvent/primitives'
import {
  type Block,
  type Call,
  type ChainEvent,
  type NetworkSpec,
  type Order,
  orderDigest,
  type SignedOrder,
  type SolventVocabulary,
} from '@solvent/protocol'
import { createOutbox, type Release } from '../parts/outbox.ts'
import type { Inclusion } from '../parts/pending-transaction.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import {
  advance,
  hasEnded,
  isOpened,
  retreat,
  standing,
  stateAfter,
  type TrackedOrder,
} from './tracked-order.ts'

export type OrderDeskPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'signer' | 'store' | 'log' | 'meter'
>

export interface OrderDeskInit {
  readonly spec: NetworkSpec
  readonly sender: () => TransactionSender
  /** Unix ms at which the user gives an order up, by nonce; null: never. */
  readonly cancelAtMs: (nonce: bigint) => number | null
  /** The order is out. Called again after a restart. */
  readonly onSigned: (orderId: OrderId, order: Order) => void
}

export interface OrderDesk {
  /** Takes up the orders that were signed before a crash. */
  start(): void
  /** Signs and publishes; does nothing when this nonce has been signed. */
  sign(order: Order): void
  /** Whether an order with this nonce has been signed. */
  hasSigned(nonce: bigint): boolean
  find(orderId: OrderId): TrackedOrder | undefined
  /** How many orders are in each state, states in the order of life. */
  counts(): ReadonlyMap<string, number>
  onBlock(block: Block): void
  /** A block that is followed no more. Its transactions are the sender's to hand in again. */
  onOrphaned(block: Block): void
  onIncluded(inclusion: Inclusion): void
  onStore(ticket: StoreTicket): boolean
  onTimer(timer: TimerId): boolean
}

type Purpose = { readonly kind: 'cancel' | 'refund' | 'expire'; readonly orderId: OrderId }

const SLOT = 'order/'
/** A transaction sent now is executed in one of the next slots; deadlines are looked at so much later. */
const MARGIN_SLOTS = 3
const REFUND_RETRY_MS = 60_000
const MAX_REFUND_ATTEMPTS = 20

/** Makes the desk of one user account. */
export function createOrderDesk(
  { spec, sender, cancelAtMs, onSigned }: OrderDeskInit,
  ports: OrderDeskPorts,
): OrderDesk {
  const outbox = createOutbox(ports)
  const timers = createTimerTable<Purpose>(ports.timers)
  const tracked = new Map<OrderId, TrackedOrder>()

  const release: Release<SignedOrder> = ({ value: signed, digest }) => {
    const { order, signature } = signed
    const isNew = !tracked.has(digest)
    if (isNew) track(digest, signed)
    ports.log.event({ kind: 'order-signed', orderId: digest, order, signature })
    if (ports.clock.nowMs() <= secondsToMs(order.openDeadline)) {
      ports.transport.publish('orders', { type: 'order', body: signed })
      if (order.award.by !== 'auctioneer' && order.award.by !== 'parts') open(digest, signed)
    }
    onSigned(digest, order)
  }

  function track(orderId: OrderId, signed: SignedOrder): void {
    const { order } = signed
    tracked.set(orderId, {
      orderId,
      signed,
      steps: [],
      refundAttempts: 0,
    })
    timers.setAt(afterDeadlineMs(order, order.openDeadline), { kind: 'expire', orderId })
    // Parts have no nonce of the user's.
    const giveUpMs = order.nonce > BigInt(Number.MAX_SAFE_INTEGER) ? null : cancelAtMs(order.nonce)
    if (giveUpMs !== null) timers.setAt(giveUpMs, { kind: 'cancel', orderId })
  }

  /** When a transaction on the origin chain is certainly executed after `deadline` (Unix seconds, inclusive). */
  function afterDeadlineMs({ originChainId }: Order, deadline: number): number {
    const slotMs = spec.chains.find(({ chainId }) => chainId === originChainId)?.slotMs ?? MS_PER_SECOND
    return secondsToMs(deadline + 1) + MARGIN_SLOTS * slotMs
  }

  /** A solver has taken a part of an order: it is followed like one that was signed for itself. */
  function onPart(
    { order, signature }: Extract<Call, { kind: 'open-part' }>,
    event: Extract<ChainEvent, { kind: 'order-opened' }>,
  ): void {
    const whole = order.user === ports.signer.address ? tracked.get(orderDigest(order)) : undefined
    if (whole === undefined) return
    advance(whole, 'open', `${event.opener} took ${event.order.input.amount} of ${order.input.amount}`)
    if (!tracked.has(event.orderId)) track(event.orderId, { order: event.order, signature })
  }

  function open(orderId: OrderId, { order, signature }: SignedOrder): void {
    sender().send({
      chainId: order.originChainId,
      call: { kind: 'open', order, signature, award: null },
      ref: `open/${orderId}`,
      deadlineMs: secondsToMs(order.openDeadline),
    })
  }

  function refund(each: TrackedOrder): void {
    if (each.signed.order.award.by === 'parts') return
    if (!isOpened(each) || hasEnded(each) || standing(each).state === 'proven') return
    if (each.refundAttempts >= MAX_REFUND_ATTEMPTS) return
    const { orderId } = each
    const { originChainId } = each.signed.order
    while (each.refundAttempts < MAX_REFUND_ATTEMPTS) {
      const ref = `refund/${orderId}/${each.refundAttempts}`
      if (sender().send({ chainId: originChainId, call: { kind: 'refund', orderId }, ref }) !== 'reverted')
        return
      each.refundAttempts++
    }
  }

  function giveUp(each: TrackedOrder): void {
    const { orderId } = each
    const { order } = each.signed
    // What nobody has taken of it yet can always be given up.
    if (standing(each).state !== 'signed' && order.award.by !== 'parts') return
    sender().send({
      chainId: order.originChainId,
      call: { kind: 'cancel', order },
      ref: `cancel/${orderId}`,
      deadlineMs: secondsToMs(order.openDeadline),
    })
  }

  return {
    start: () => outbox.resume(SLOT, release),
    sign(order) {
      if (outbox.has(SLOT + order.nonce)) return
      const digest = orderDigest(order)
      const signed: SignedOrder = { order, signature: ports.signer.sign(digest) }
      outbox.commit({ slot: SLOT + order.nonce, digest, value: signed }, release)
    },
    hasSigned: (nonce) => outbox.has(SLOT + nonce),
    find: (orderId) => tracked.get(orderId),
    counts() {
      const counts = new Map<string, number>()
      for (const each of tracked.values()) {
        const { state } = standing(each)
        counts.set(state, (counts.get(state) ?? 0) + 1)
      }
      return counts
    },
    onBlock({ receipts, transactions }) {
      for (let i = 0; i < receipts.length; i++) {
        const call = transactions[i]?.transaction.call
        for (const event of receipts[i]!.events) {
          if (call?.kind === 'open-part' && event.kind === 'order-opened') onPart(call, event)
          const step = stateAfter(event)
          const each = step === null ? undefined : tracked.get(step.orderId)
          if (step === null || each === undefined) continue
          advance(each, step.state, step.detail)
          const { order } = each.signed
          if (step.state === 'open')
            timers.setAt(afterDeadlineMs(order, order.expires), { kind: 'refund', orderId: each.orderId })
          if (step.state === 'cancelled') refund(each)
        }
      }
    },
    onOrphaned({ receipts }) {
      for (const { events } of receipts) {
        for (const event of events) {
          const step = stateAfter(event)
          const each = step === null ? undefined : tracked.get(step.orderId)
          if (step !== null && each !== undefined) retreat(each, step.state)
        }
      }
    },
    onIncluded({ transaction, receipt }) {
      const { call } = transaction
      if (call.kind !== 'refund' || receipt.status === 'ok') return
      const each = tracked.get(call.orderId)
      if (each === undefined || receipt.reason !== 'not-refundable') return
      each.refundAttempts++
      timers.set(REFUND_RETRY_MS, { kind: 'refund', orderId: each.orderId })
    },
    onStore: (ticket) => outbox.onStore(ticket),
    onTimer(timer) {
      const purpose = timers.take(timer)
      if (purpose === undefined) return false
      const each = tracked.get(purpose.orderId)
      if (each === undefined) return true
      if (purpose.kind === 'expire') advance(each, 'expired', 'nobody opened it in time')
      else if (purpose.kind === 'refund') refund(each)
      else giveUp(each)
      return true
    },
  }
}
