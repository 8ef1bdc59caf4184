// A bridge's honest transactions as drafts, for tests to spoil: what each call does to the journal and which events it leaves.
import type { ChainId } from '@solvent/primitives'
import { attestationDigest, attestationOf, type BridgeMessage, messageDigest } from '@solvent/protocol'
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
