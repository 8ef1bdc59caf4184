// One of the user's own orders and how far it has come, as followed blocks say.
import type { OrderId } from '@solvent/primitives'
import type { ChainEvent, SignedOrder } from '@solvent/protocol'

export const trackedStates = [
  'signed',
  'open',
  'filled',
  'proven',
  'settled',
  'refunded',
  'cancelled',
  'expired',
] as const
export type TrackedState = (typeof trackedStates)[number]

export interface TrackedOrder {
  readonly orderId: OrderId
  readonly signed: SignedOrder
  state: TrackedState
  /** The escrow holds the user's input. */
  opened: boolean
  refundAttempts: number
  /** For people: what happened last. */
  detail: string
}

/** How an event of either chain moves an order; null when it says nothing of orders. */
export function stateAfter(
  event: ChainEvent,
): { readonly orderId: OrderId; readonly state: TrackedState; readonly detail: string } | null {
  switch (event.kind) {
    case 'order-opened':
      return { orderId: event.orderId, state: 'open', detail: `opened by ${event.opener}` }
    case 'order-filled':
      return {
        orderId: event.orderId,
        state: 'filled',
        detail: `${event.solver} delivered ${event.outputAmount}`,
      }
    case 'fill-proven':
      return { orderId: event.orderId, state: 'proven', detail: `${event.payee} is to be paid` }
    case 'order-claimed':
      return { orderId: event.orderId, state: 'settled', detail: `${event.payee} was paid ${event.amount}` }
    case 'order-refunded':
      return { orderId: event.orderId, state: 'refunded', detail: `${event.amount} came back` }
    case 'order-cancelled':
      return { orderId: event.orderId, state: 'cancelled', detail: 'given up' }
    default:
      return null
  }
}

const rank: Readonly<Record<TrackedState, number>> = {
  signed: 0,
  expired: 1,
  open: 2,
  filled: 3,
  cancelled: 4,
  proven: 5,
  refunded: 6,
  settled: 6,
}

/** Moves an order on; blocks of two chains interleave, so a step that comes late takes nothing back. */
export function advance(order: TrackedOrder, state: TrackedState, detail: string): void {
  if (state === 'open') order.opened = true
  if (rank[state] <= rank[order.state]) return
  order.state = state
  order.detail = detail
}

/** Nothing more will happen to it. */
export function hasEnded({ state, opened }: TrackedOrder): boolean {
  return (
    state === 'settled' || state === 'refunded' || state === 'expired' || (state === 'cancelled' && !opened)
  )
}
