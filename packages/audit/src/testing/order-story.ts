// An order's honest transactions as drafts, for tests to spoil: what each call does to the journal and which events it leaves.
import type { OrderId } from '@solvent/primitives'
import {
  type BridgeMessage,
  messageDigest,
  type Order,
  orderDigest,
  type SignedAward,
} from '@solvent/protocol'
import { deliver } from './bridge-story.ts'
import type { DraftTransaction } from './draft.ts'
import { address, bridge, kindOf, type Name, sign } from './network.ts'

const NOBODY = '0x0000000000000000000000000000000000000000' as const

export function open(
  order: Order,
  { by = 'atlas', award = null }: { by?: Name; award?: SignedAward | null } = {},
): DraftTransaction {
  const orderId = orderDigest(order)
  const signature = sign('alice', orderId)
  const { token, amount } = order.input
  return {
    from: by,
    call: { kind: 'open', order, signature, award },
    entries: [
      {
        cause: 'escrow-open',
        legs: [
          { kind: 'USER', owner: order.user, token, amount: -amount },
          { kind: 'ESCROW', owner: orderId, token, amount },
        ],
      },
    ],
    events: [
      { kind: 'nonce-used', user: order.user, nonce: order.nonce, orderId },
      {
        kind: 'order-opened',
        orderId,
        order,
        signature,
        opener: address(by),
        exclusiveSolver: NOBODY as typeof order.user,
        exclusiveUntil: 0,
        requiredAmount: order.output.minAmount,
      },
    ],
  }
}

export interface FillOptions {
  readonly at: number
  readonly by?: Name
  readonly amount?: bigint
  /** What the chain says a fill must deliver; the order's limit unless given. */
  readonly required?: bigint
  readonly award?: SignedAward | null
  readonly sequence?: number
}

/** A fill at chain time `at` (Unix seconds), with the proof that the settler sends. */
export function fill(
  order: Order,
  {
    at,
    by = 'atlas',
    amount = 990n,
    required = order.output.minAmount,
    award = null,
    sequence = 0,
  }: FillOptions,
): DraftTransaction {
  const orderId = orderDigest(order)
  const { token, recipient } = order.output
  const message = proof(order, { at, by, amount, sequence })
  return {
    from: by,
    call: { kind: 'fill', order, award, amount, payee: address(by) },
    entries: [
      {
        cause: 'fill',
        legs: [
          { kind: kindOf(by), owner: address(by), token, amount: -amount },
          { kind: 'USER', owner: recipient, token, amount },
        ],
      },
    ],
    events: [
      {
        kind: 'order-filled',
        orderId,
        order,
        solver: address(by),
        payee: address(by),
        outputAmount: amount,
        exclusiveSolver: NOBODY as typeof recipient,
        exclusiveUntil: 0,
        requiredAmount: required,
      },
      { kind: 'message-sent', message, digest: messageDigest(message) },
    ],
  }
}

/** The message that proves a fill. */
export function proof(
  order: Order,
  { at, by = 'atlas', amount = 990n, sequence = 0 }: FillOptions,
): BridgeMessage {
  const { chainId, settler, token, recipient } = order.output
  return {
    bridge,
    srcChainId: chainId,
    emitter: settler,
    sequence,
    dstChainId: order.originChainId,
    payload: {
      kind: 'fill-proof',
      orderId: orderDigest(order),
      payee: address(by),
      outputToken: token,
      outputAmount: amount,
      recipient,
      filledAt: at,
    },
  }
}

export function prove(message: BridgeMessage): DraftTransaction {
  const { payload } = message
  if (payload.kind !== 'fill-proof') throw new Error('A transfer proves no fill.')
  const { orderId, payee, outputAmount, filledAt } = payload
  return deliver(message, {
    entries: [],
    events: [{ kind: 'fill-proven', orderId, payee, outputAmount, filledAt }],
  })
}

export function claim(order: Order, by: Name = 'atlas'): DraftTransaction {
  const orderId = orderDigest(order)
  const { token, amount } = order.input
  return {
    from: by,
    call: { kind: 'claim', orderId },
    entries: [payout('escrow-claim', orderId, { token, amount, kind: kindOf(by), to: address(by) })],
    events: [{ kind: 'order-claimed', orderId, payee: address(by), token, amount }],
  }
}

export function refund(order: Order): DraftTransaction {
  const orderId = orderDigest(order)
  const { token, amount } = order.input
  return {
    from: 'alice',
    call: { kind: 'refund', orderId },
    entries: [payout('escrow-refund', orderId, { token, amount, kind: 'USER', to: order.user })],
    events: [{ kind: 'order-refunded', orderId, user: order.user, token, amount }],
  }
}

export function cancel(order: Order): DraftTransaction {
  const orderId = orderDigest(order)
  return {
    from: 'alice',
    call: { kind: 'cancel', order },
    entries: [],
    events: [{ kind: 'order-cancelled', orderId }],
  }
}

function payout(
  cause: 'escrow-claim' | 'escrow-refund',
  orderId: OrderId,
  {
    token,
    amount,
    kind,
    to,
  }: {
    readonly token: Order['input']['token']
    readonly amount: bigint
    readonly kind: 'USER' | 'SOLVER'
    readonly to: Order['user']
  },
) {
  return {
    cause,
    legs: [
      { kind: 'ESCROW' as const, owner: orderId, token, amount: -amount },
      { kind, owner: to, token, amount },
    ],
  }
}
