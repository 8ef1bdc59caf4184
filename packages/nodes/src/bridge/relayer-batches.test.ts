// Which deliveries a relayer puts into one transaction, and what it does when some or all of them fail.
import { asHash32, type NodeId } from '@solvent/primitives'
import {
  type BridgeMessage,
  type Call,
  encodeMessage,
  type MessageProof,
  messageDigest,
  messageKey,
  type Receipt,
  type RevertReason,
} from '@solvent/protocol'
import { gasOfCall } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import type { Inclusion } from '../parts/pending-transaction.ts'
import type { SendOptions, TransactionSender } from '../parts/transaction-sender.ts'
import { address, L1, node, ROLLUP, smallNetwork, strongBridge, tokens } from '../testing/small-network.ts'
import type { Readiness } from './attestation-source.ts'
import type { BatchTerms } from './delivery-batch.ts'
import { deliveryCost } from './delivery-cost.ts'
import { createRelayer, type RelayerPorts } from './relayer.ts'

const bridge = smallNetwork.bridges.find((each) => each.address === strongBridge)!
const SECOND = 1_000
const signature = `0x${'ab'.repeat(65)}` as const
const market: Pick<TransactionSender, 'gasQuote'> = { gasQuote: () => ({ perGas: 3n, mostPerGas: 7n }) }

const message = (sequence: number, change: Partial<BridgeMessage> = {}): BridgeMessage => ({
  bridge: strongBridge,
  srcChainId: ROLLUP,
  emitter: strongBridge,
  sequence,
  dstChainId: L1,
  payload: { kind: 'transfer', token: tokens.rsEthL1, amount: 1n, recipient: address('user-1') },
  ...change,
})
const quorum = (signers: number, setIndex = 0): MessageProof => ({
  kind: 'quorum',
  setIndex,
  signatures: Array.from({ length: signers }, () => ({ verifier: address('weak-verifier'), signature })),
})

/** A relayer whose clock stands until it is told to go on, what it sent, and what it is told of that. */
function relaying(batches?: BatchTerms, self: NodeId = node('strong-relayer')) {
  let now = 0
  let ids = 0
  const timers = new Map<number, number>()
  const sent: SendOptions[] = []
  const proofs = new Map<string, MessageProof>()
  const ports = {
    clock: { nowMs: () => now },
    timers: {
      set(delayMs: number) {
        timers.set(++ids, now + delayMs)
        return ids
      },
      cancel: (timer: number) => timers.delete(timer),
    },
    transport: { self },
    log: { text: () => {} },
    meter: { count: () => {} },
  } as unknown as RelayerPorts
  const readiness = (of: BridgeMessage): Readiness => {
    const proof = proofs.get(messageKey(of))
    if (proof === undefined) return { status: 'waiting', reason: 'not-final', untilMs: null }
    return { status: 'ready', proof, cost: deliveryCost(market as TransactionSender, of, proof) }
  }
  const sender = {
    ...market,
    send(options: SendOptions) {
      if (sent.some(({ ref }) => ref === options.ref)) return 'ok'
      sent.push(options)
      return 'signed'
    },
  } as unknown as TransactionSender
  const freezes = { isFrozen: () => false, endsAtMs: () => null } as never
  const relayer = createRelayer(
    { bridge, freezes, sender, source: { readiness }, ...(batches === undefined ? {} : { batches }) },
    ports,
  )
  return {
    relayer,
    sent,
    ready(of: BridgeMessage, proof: MessageProof = quorum(2)) {
      proofs.set(messageKey(of), proof)
      relayer.consider(of)
    },
    go(toMs: number) {
      now = toMs
      for (const [timer, at] of [...timers])
        if (timers.has(timer) && at <= now && timers.delete(timer)) relayer.onTimer(timer as never)
    },
    sequences: () =>
      sent.map(({ call }) =>
        call.kind === 'deliver-batch'
          ? call.messages.map(({ sequence }) => sequence)
          : call.kind === 'deliver'
            ? call.message.sequence
            : null,
      ),
    /** The newest is in a block: refused as a whole, or with what was skipped. */
    included(reason: RevertReason | null, skipped: Record<number, RevertReason> = {}) {
      const { call, chainId, ref } = sent.at(-1)!
      const messages = call.kind === 'deliver-batch' ? call.messages : []
      const events = messages.flatMap((each) => {
        const why = skipped[each.sequence]
        if (why === undefined && reason === null) relayer.onDelivered(messageKey(each))
        return why === undefined
          ? []
          : [
              {
                kind: 'message-skipped',
                bridge: strongBridge,
                digest: messageDigest(each),
                reason: why,
              } as const,
            ]
      })
      const receipt = { status: reason === null ? 'ok' : 'reverted', reason, events } as unknown as Receipt
      relayer.onIncluded({ transaction: { call, chainId }, receipt, ref } as unknown as Inclusion)
    },
  }
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

describe('a relayer', () => {
  it('hands messages in one by one, at once, unless it is told to batch', () => {
    const { ready, go, sequences } = relaying()
    for (const i of range(3)) ready(message(i))
    go(0)
    expect(sequences()).toEqual([0, 1, 2])
  })

  it('puts what is ready together, up to its limit, in the order in which it was sent', () => {
    const { ready, go, sequences } = relaying({ most: 4, waitMs: 10 * SECOND })
    for (const i of [3, 1, 2, 0, 8, 7, 6, 5, 4]) ready(message(i))
    go(9 * SECOND)
    expect(sequences()).toEqual([])
    go(10 * SECOND)
    expect(sequences()).toEqual([[0, 1, 2, 3], [5, 6, 7, 8], 4])
  })

  it('takes along what has become ready meanwhile, and nothing of another lane, on another word, or that is not ready', () => {
    const { ready, go, relayer, sequences } = relaying({ most: 8, waitMs: 10 * SECOND })
    ready(message(0))
    ready(message(1), quorum(2, 1))
    ready(message(2, { emitter: address('user-1') }))
    ready(message(3, { srcChainId: L1, dstChainId: ROLLUP }))
    relayer.consider(message(4))
    go(5 * SECOND)
    ready(message(5))
    go(10 * SECOND)
    expect(sequences()).toEqual([[0, 5], 1, 2, 3])
  })

  it('waits its turn, and for company from then on', () => {
    const { ready, go, sequences } = relaying({ most: 8, waitMs: 10 * SECOND }, node('weak-relayer'))
    const turn = 60 * SECOND * bridge.relayers.length
    for (const i of range(2)) ready(message(i))
    go(turn + 9 * SECOND)
    expect(sequences()).toEqual([])
    go(turn + 10 * SECOND)
    expect(sequences()).toEqual([[0, 1]])
  })

  it('sends no transaction that is larger than peers accept', () => {
    const { ready, go, sent } = relaying({ most: 48, waitMs: 0 })
    for (const i of range(20)) ready(message(i), quorum(13))
    go(0)
    const sizes = sent.map(({ call }) => (call.kind === 'deliver-batch' ? call.messages.length : 1))
    expect(sizes).toEqual([5, 5, 5, 5])
    for (const { call, chainId } of sent) {
      const transaction = {
        ...{ chainId, from: address('user-1'), nonce: 2 ** 40, gasLimit: 2 ** 40, call },
        ...{ maxFeePerGas: 10n ** 18n, maxPriorityFeePerGas: 10n ** 18n },
      }
      const body = { transaction, signature } as const
      encodeMessage(asHash32(`0x${'5e'.repeat(32)}`), { type: 'transaction', body })
    }
  })

  it('says what a batch costs: its gas at the price of the block, and at most', () => {
    const { ready, go, sent, relayer } = relaying({ most: 8, waitMs: 0 })
    for (const i of range(3)) ready(message(i))
    go(0)
    const gas = BigInt(gasOfCall(sent[0]!.call as Call))
    expect(relayer.said).toEqual({ fee: 3n * gas, maxFee: 7n * gas })
  })

  it('tries again what was skipped for a passing reason, and drops what never can be delivered', () => {
    const { ready, go, included, relayer, sequences } = relaying({ most: 8, waitMs: 0 })
    for (const i of range(5)) ready(message(i))
    go(0)
    included(null, { 1: 'unknown-order', 2: 'not-authorised', 4: 'unknown-order' })
    expect([relayer.delivered(), relayer.waiting()]).toEqual([2, 2])
    go(299 * SECOND)
    expect(sequences()).toHaveLength(1)
    go(300 * SECOND)
    expect(sequences()).toEqual([range(5), [1, 4]])
    // The same two again are another transaction.
    included(null, { 1: 'unknown-order', 4: 'unknown-order' })
    go(600 * SECOND)
    expect(sequences().slice(1)).toEqual([
      [1, 4],
      [1, 4],
    ])
  })

  it('hands each in by itself when a batch was refused as a whole', () => {
    const { ready, go, included, sequences } = relaying({ most: 8, waitMs: 0 })
    for (const i of range(3)) ready(message(i))
    go(0)
    included('bad-proof')
    go(1)
    expect(sequences()).toEqual([range(3), 0, 1, 2])
  })
})
