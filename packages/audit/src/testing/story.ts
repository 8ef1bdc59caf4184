// Honest transactions as drafts, for tests to spoil: what each call does to the journal and which events it leaves.
import type { ChainId, OrderId } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type BridgeMessage,
  messageDigest,
  type Order,
  orderDigest,
  type SignedAward,
} from '@solvent/protocol'
import type { DraftTransaction } from './draft.ts'
import {
  address,
  bridge,
  kindOf,
  L1,
  type Name,
  ROLLUP,
  rsEthL1,
  rsEthRollup,
  sign,
  sortedVerifiers,
} from './network.ts'

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

/** Whose word a delivery brings, and of which set. */
export interface Word {
  readonly setIndex: number
  readonly signers: readonly Name[]
}

/** A delivery, by default on the word of two verifiers; what the message does beyond arriving is in `effect`. */
export function deliver(
  message: BridgeMessage,
  effect: Pick<DraftTransaction, 'entries' | 'events'>,
  { setIndex, signers }: Word = { setIndex: 0, signers: sortedVerifiers.slice(0, 2) },
): DraftTransaction {
  const digest = attestationDigest(attestationOf(message, setIndex))
  return {
    from: 'relayer',
    call: {
      kind: 'deliver',
      message,
      proof: {
        kind: 'quorum',
        setIndex,
        signatures: signers.map((name) => ({ verifier: address(name), signature: sign(name, digest) })),
      },
    },
    entries: effect.entries,
    events: [
      {
        kind: 'message-delivered',
        message,
        digest: messageDigest(message),
        evidence: { kind: 'quorum', setIndex, signers: signers.map(address) },
      },
      ...effect.events,
    ],
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

/** What survives a crossing of rsETH: multiples of 10^(18-8). */
export const STEP = 10n ** 10n

/** Sends rsETH from the L1 (locks) or the rollup (burns); the part below STEP stays with the sender. */
export function bridgeOut(options: {
  readonly from: ChainId
  readonly amount: bigint
  readonly sequence: number
}): DraftTransaction {
  const { from, amount, sequence } = options
  const isHome = from === L1
  const by: Name = isHome ? 'atlas' : 'alice'
  const token = isHome ? rsEthL1 : rsEthRollup
  const dust = amount % STEP
  const sent = amount - dust
  const message = transfer(from, sent, sequence)
  const holder = { kind: kindOf(by), owner: address(by), token }
  return {
    from: by,
    call: {
      kind: 'bridge-out',
      bridge,
      token,
      amount,
      dstChainId: message.dstChainId,
      recipient: address('alice'),
    },
    entries: [
      {
        cause: isHome ? 'bridge-lock' : 'bridge-burn',
        legs: [
          { ...holder, amount: -amount },
          ...(dust > 0n ? [{ ...holder, amount: dust }] : []),
          isHome
            ? { kind: 'BRIDGE_LOCK', owner: bridge, token, amount: sent }
            : { kind: 'SUPPLY', owner: '', token, amount: sent },
        ],
        rounding: dust > 0n ? [{ token, direction: 'floor', residue: dust, divisor: STEP }] : [],
      },
    ],
    events: [
      { kind: 'message-sent', message, digest: messageDigest(message) },
      {
        kind: 'bridge-transfer',
        bridge,
        step: isHome ? 'locked' : 'burned',
        token,
        amount: sent,
        message: messageDigest(message),
      },
    ],
  }
}

/** A transfer of rsETH to alice on the other chain. */
export function transfer(from: ChainId, amount: bigint, sequence: number): BridgeMessage {
  const isHome = from === L1
  return {
    bridge,
    srcChainId: from,
    emitter: bridge,
    sequence,
    dstChainId: isHome ? ROLLUP : L1,
    payload: { kind: 'transfer', token: isHome ? rsEthRollup : rsEthL1, amount, recipient: address('alice') },
  }
}

/** Mints on the rollup or releases on the L1. */
export function receive(message: BridgeMessage, word?: Word): DraftTransaction {
  const { payload } = message
  if (payload.kind !== 'transfer') throw new Error('A proof moves no token.')
  const { token, amount, recipient } = payload
  const isHome = message.dstChainId === L1
  return deliver(
    message,
    {
      entries: [
        {
          cause: isHome ? 'bridge-release' : 'bridge-mint',
          legs: [
            isHome
              ? { kind: 'BRIDGE_LOCK', owner: bridge, token, amount: -amount }
              : { kind: 'SUPPLY', owner: '', token, amount: -amount },
            { kind: 'USER', owner: recipient, token, amount },
          ],
        },
      ],
      events: [
        {
          kind: 'bridge-transfer',
          bridge,
          step: isHome ? 'released' : 'minted',
          token,
          amount,
          message: messageDigest(message),
        },
      ],
    },
    word,
  )
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
