import { createSeededRng, type LoopbackOptions } from '@solvent/ports/testing'
import { asNodeId } from '@solvent/primitives'
import type { Call, SignedTransaction, SolventVocabulary } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createRunningNetwork } from '../testing/running-network.ts'
import { address, node, ROLLUP, smallNetwork, tokens } from '../testing/small-network.ts'
import { createBlockFollower } from './block-follower.ts'
import { createTransactionSender, type SendOptions, type TransactionSender } from './transaction-sender.ts'

const SENDER = node('user-1')
const PRODUCER = node('rollup-producer')

function setUp(change: Partial<LoopbackOptions<SolventVocabulary>> = {}) {
  const network = createRunningNetwork(change)
  const included: string[] = []
  const abandoned: string[] = []
  let sender: TransactionSender | null = null
  let follower: ReturnType<typeof createBlockFollower> | null = null
  network.probe(SENDER, {
    onStart(ports) {
      const onIncluded = ({ ref, receipt }: { ref: string; receipt: { status: string } }): void =>
        void included.push(`${ref} ${receipt.status}`)
      const live = createTransactionSender(
        { spec: smallNetwork, onIncluded, onAbandoned: (ref) => void abandoned.push(ref) },
        ports,
      )
      sender = live
      follower = createBlockFollower(
        { spec: smallNetwork, chains: [ROLLUP], onBlock: (block) => live.onBlock(block) },
        ports,
      )
      follower.start()
      live.start()
    },
    onMessage: (inbound) =>
      sender?.onMessage(inbound) === true ? 'accept' : (follower?.onMessage(inbound) ?? 'ignore'),
    onTimer: (timer) => void (sender?.onTimer(timer) === true || follower?.onTimer(timer)),
  })
  network.start()
  const send = (ref: string, more: Partial<SendOptions> = {}) =>
    (sender as unknown as TransactionSender).send({ chainId: ROLLUP, call: pay(1n), ref, ...more })
  const submissions = () =>
    network.sent.flatMap(({ from, message }) =>
      from === SENDER && message.type === 'transaction' ? [message.body] : [],
    )
  return {
    network,
    included,
    abandoned,
    send,
    submissions,
    sender: () => sender as unknown as TransactionSender,
  }
}

const pay = (amount: bigint): Call => ({
  kind: 'transfer',
  token: tokens.usdcRollup,
  to: address('atlas'),
  amount,
})
const noncesOf = (signed: readonly SignedTransaction[]): number[] =>
  signed.map(({ transaction }) => transaction.nonce)

describe('a transaction sender', () => {
  it('signs with increasing nonces, and reports what blocks say', () => {
    const { network, included, send, submissions } = setUp()
    expect(send('a')).toBe('signed')
    expect(send('b', { call: pay(10n ** 30n) })).toBe('signed')
    expect(send('c')).toBe('signed')
    network.seconds(10)
    expect(noncesOf(submissions())).toEqual([0, 1, 2])
    expect(included).toEqual(['a ok', 'b reverted', 'c ok'])
  })

  it('signs once for each ref, and knows how it ended', () => {
    const { network, send, submissions } = setUp()
    send('a')
    expect(send('a')).toBe('pending')
    network.seconds(10)
    expect(send('a')).toBe('ok')
    expect(submissions()).toHaveLength(1)
  })

  it('sends nothing before the store has it', () => {
    const { network, send, submissions } = setUp({ storeDelayMs: 300 })
    send('a')
    network.advance(299)
    expect(submissions()).toEqual([])
    network.advance(1)
    expect(submissions()).toHaveLength(1)
  })

  it('resubmits the same bytes while the producer is away', () => {
    const { network, included, send, submissions } = setUp()
    network.kill(PRODUCER, 'kept')
    send('a')
    network.seconds(60)
    network.restart(PRODUCER)
    network.seconds(100)
    expect(included).toEqual(['a ok'])
    expect(new Set(submissions().map(({ signature }) => signature)).size).toBe(1)
  })

  it('goes on after a kill with the bytes it had signed, and signs no nonce twice', () => {
    const { network, included, send, submissions } = setUp()
    network.kill(PRODUCER, 'kept')
    send('a')
    send('b')
    network.seconds(5)
    const before = submissions().map(({ signature }) => signature)
    network.kill(SENDER, 'unsynced-lost')
    network.restart(PRODUCER)
    network.restart(SENDER)
    expect(send('b')).toBe('pending')
    expect(send('c')).toBe('signed')
    network.seconds(60)
    expect(included).toEqual(['a ok', 'b ok', 'c ok'])
    expect(submissions().map(({ signature }) => signature)).toEqual(expect.arrayContaining(before))
    expect(
      new Set(submissions().map(({ signature, transaction }) => `${transaction.nonce}${signature}`)).size,
    ).toBe(3)
  })

  it('waits again for what an orphaned block held, and hands it in when no other block has it', () => {
    const { network, send, submissions, sender, included } = setUp()
    send('a')
    network.seconds(10)
    const block = network.blocks(ROLLUP).find(({ transactions }) => transactions.length > 0)!
    sender().onOrphaned(block)
    expect(send('a')).toBe('pending')
    expect(submissions()).toHaveLength(1)
    network.seconds(121)
    expect(new Set(submissions().map(({ signature }) => signature)).size).toBe(1)
    expect(submissions()).toHaveLength(2)
    sender().onBlock(block)
    expect(send('a')).toBe('ok')
    expect(included).toEqual(['a ok', 'a ok'])
  })

  it('remembers over a kill what was included, and reports it again while blocks are read again', () => {
    const { network, included, send, submissions } = setUp()
    send('a')
    network.seconds(10)
    network.kill(SENDER, 'unsynced-lost')
    network.restart(SENDER)
    expect(send('a')).toBe('ok')
    network.seconds(10)
    expect(included).toEqual(['a ok', 'a ok'])
    expect(submissions()).toHaveLength(1)
  })

  it('finds its nonce from blocks when the disk is lost, and still gets through', () => {
    const { network, included, send } = setUp()
    send('a')
    send('b')
    network.seconds(10)
    network.kill(SENDER, 'lost')
    network.restart(SENDER)
    // Signed before any block has been read again, so under a nonce that is used.
    send('c', { call: pay(3n) })
    network.seconds(300)
    expect(included.filter((line) => line.startsWith('c'))).toEqual(['c ok'])
    expect(network.receipts(ROLLUP)).toHaveLength(3)
  })

  it('survives losing half of all messages', () => {
    const coin = createSeededRng('loss').stream('coin')
    const { network, included, send } = setUp({ lose: () => coin.bernoulli(0.5) })
    for (const ref of ['a', 'b', 'c', 'd']) send(ref)
    network.seconds(1_200)
    expect(included).toEqual(['a ok', 'b ok', 'c ok', 'd ok'])
    expect(network.receipts(ROLLUP)).toHaveLength(4)
  })

  it('gives up what no producer took before its deadline, and uses the nonce for the next', () => {
    const { network, included, abandoned, send, submissions } = setUp()
    network.kill(PRODUCER, 'kept')
    send('a', { deadlineMs: network.nowMs + 10_000 })
    send('b', { deadlineMs: network.nowMs + 10_000 })
    network.seconds(120)
    expect(abandoned).toEqual(['b', 'a'])
    network.restart(PRODUCER)
    send('c')
    network.seconds(120)
    expect(included).toEqual(['c ok'])
    expect(submissions().at(-1)?.transaction.nonce).toBe(0)
  })

  it('keeps a nonce that others follow, whatever its deadline', () => {
    const { network, included, abandoned, send } = setUp()
    network.kill(PRODUCER, 'kept')
    send('a', { deadlineMs: network.nowMs + 10_000 })
    send('b')
    network.seconds(120)
    network.restart(PRODUCER)
    network.seconds(300)
    expect(abandoned).toEqual([])
    expect(included).toEqual(['a ok', 'b ok'])
  })

  it('submits again what a pool has lost', () => {
    const network = createRunningNetwork()
    const taken: SignedTransaction[] = []
    let answers = 0
    network.add(PRODUCER, (ports) => ({
      start: () => {},
      stop: () => {},
      onMessage: (inbound) => {
        if (inbound.via !== 'request' || inbound.message.type !== 'transaction') return 'ignore'
        taken.push(inbound.message.body)
        answers++
        ports.transport.reply(inbound.replyTo, { type: 'receipt', body: { accepted: true, reason: null } })
        return 'accept'
      },
      onTimer: () => {},
      snapshot: () => new Uint8Array(),
      restore: () => {},
    }))
    let sender: TransactionSender | null = null
    network.probe(asNodeId('user-1'), {
      onStart: (ports) => {
        sender = createTransactionSender({ spec: smallNetwork, onIncluded: () => {} }, ports)
      },
      onMessage: (inbound) => (sender?.onMessage(inbound) === true ? 'accept' : 'ignore'),
      onTimer: (timer) => void sender?.onTimer(timer),
    })
    network.start()
    ;(sender as unknown as TransactionSender).send({ chainId: ROLLUP, call: pay(1n), ref: 'a' })
    network.seconds(300)
    expect(answers).toBeGreaterThan(1)
    expect(new Set(taken.map(({ signature }) => signature)).size).toBe(1)
  })
})
