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
  /** What has happened to it on the branches that are followed, in the order of its being known. */
  steps: readonly OrderStep[]
  refundAttempts: number
}

export interface OrderStep {
  readonly state: TrackedState
  /** For people. */
  readonly detail: string
}

const PUBLISHED: OrderStep = { state: 'signed', detail: 'published' }

/** How an event of either chain moves an order; null when it says nothing of orders. */
export function stateAfter(event: ChainEvent): (OrderStep & { readonly orderId: OrderId }) | null {
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

/** The step that has brought it furthest; blocks of two chains interleave, so one that comes late takes nothing back. */
export function standing({ steps }: TrackedOrder): OrderStep {
  return steps.reduce((last, step) => (rank[step.state] > rank[last.state] ? step : last), PUBLISHED)
}

/** Moves an order on. */
export function advance(order: TrackedOrder, state: TrackedState, detail: string): void {
  order.steps = [...order.steps, { state, detail }]
}

/** Takes back what a block said that is followed no more: the order stands where its other steps leave it. */
export function retreat(order: TrackedOrder, state: TrackedState): void {
  const at = order.steps.findLastIndex((step) => step.state === state)
  order.steps = order.steps.filter((_, index) => index !== at)
}

/** The escrow holds the user's input, or has held it. */
export function isOpened({ steps }: TrackedOrder): boolean {
  return steps.some(({ state }) => state === 'open')
}

/** Nothing more will happen to it. */
export function hasEnded(order: TrackedOrder): boolean {
  const { state } = standing(order)
  if (state === 'cancelled') return !isOpened(order)
  return state === 'settled' || state === 'refunded' || state === 'expired'
}
