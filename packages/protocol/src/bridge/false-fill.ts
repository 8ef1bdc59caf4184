// The claim that an order was filled which nobody filled, planned before the order is known: the liar chooses it from
// what its chain shows when it lies. Who is told of the plan knows the message by its key and its payee (S-5).
import type { Address, ChainId, OrderId } from '@solvent/primitives'
import type { Order } from '../order/order.ts'
import type { BridgeMessage } from './bridge-message.ts'

export interface FalseFill {
  readonly bridge: Address
  /** Where the fill is said to be. */
  readonly srcChainId: ChainId
  /** The settler there, which would have sent the message. */
  readonly settler: Address
  readonly sequence: number
  /** Where the escrow is. */
  readonly dstChainId: ChainId
  readonly order: OrderChoice
  /** Who is to be paid out of the escrow. */
  readonly payee: Address
}

/** An order by who signed it, or the first that is opened from a moment on (Unix seconds): all who look choose the same. */
export type OrderChoice =
  | { readonly by: 'nonce'; readonly user: Address; readonly nonce: bigint }
  | { readonly by: 'time'; readonly openedFrom: number }

/** An order as its origin chain shows it. */
export interface OpenedOrder {
  readonly orderId: OrderId
  readonly order: Order
  /** Chain time, Unix seconds. */
  readonly openedAt: number
}

/** Whether the lie can be told of this order: the escrow would believe it, and it is the one that was chosen. */
export function suits(fill: FalseFill, { order, openedAt }: OpenedOrder): boolean {
  const { order: choice, bridge, srcChainId, settler, dstChainId } = fill
  const isChosen =
    choice.by === 'nonce'
      ? order.user === choice.user && order.nonce === choice.nonce
      : openedAt >= choice.openedFrom
  return (
    isChosen &&
    order.prover === bridge &&
    order.originChainId === dstChainId &&
    order.output.chainId === srcChainId &&
    order.output.settler === settler
  )
}

/** The message that nobody has sent: the least that the user accepts, delivered at the moment of the opening. */
export function falseFillMessage(fill: FalseFill, { orderId, order, openedAt }: OpenedOrder): BridgeMessage {
  const { bridge, srcChainId, settler, sequence, dstChainId, payee } = fill
  const { token, minAmount, recipient } = order.output
  return {
    bridge,
    srcChainId,
    emitter: settler,
    sequence,
    dstChainId,
    payload: {
      kind: 'fill-proof',
      orderId,
      payee,
      outputToken: token,
      outputAmount: minAmount,
      recipient,
      filledAt: openedAt,
    },
  }
}
