import { asNodeId, type NodeId } from '@solvent/primitives'
import type { Call, SigningFault } from '@solvent/protocol'
import { gasOfCall } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { createRunningNetwork } from '../testing/running-network.ts'
import { address, node, ROLLUP, smallNetwork, tokens } from '../testing/small-network.ts'
import { createBlockFollower } from './block-follower.ts'
import { createTransactionSender, type SendOptions, type TransactionSender } from './transaction-sender.ts'

const SENDER = node('user-1')
const OPERATOR = asNodeId('operator')

/** A sender on a live chain, and who orders things of it. */
function setUp() {
  const network = createRunningNetwork()
  const included: string[] = []
  let live: TransactionSender | null = null
  network.probe(SENDER, {
    onStart(ports) {
      const sender = createTransactionSender(
        {
          spec: smallNetwork,
          onIncluded: ({ ref, receipt }) => void included.push(`${ref} ${receipt.reason ?? 'ok'}`),
        },
        ports,
      )
      const made = createBlockFollower(
        { spec: smallNetwork, chains: [ROLLUP], onBlock: (block) => sender.onBlock(block) },
        ports,
      )
      live = sender
      follower = made
      made.start()
      sender.start()
    },
    onMessage: (inbound) =>
      live?.onMessage(inbound) === true ? 'accept' : (follower?.onMessage(inbound) ?? 'ignore'),
    onTimer: (timer) => void (live?.onTimer(timer) === true || follower?.onTimer(timer)),
  })
  let follower: ReturnType<typeof createBlockFollower> | null = null
  const askers = new Map([OPERATOR, node('borealis')].map((id) => [id, network.probe(id)]))
  network.start()

  function order(fault: SigningFault, from: NodeId = OPERATOR) {
    const asker = askers.get(from)!
    const message = { type: 'control', body: { kind: 'sign-wrongly', fault } } as const
    asker.ports.transport.request(SENDER, message, 60_000)
    network.advance(500)
    const answer = asker.inbox.at(-1)
    return answer?.via === 'reply' && answer.message.type === 'control-reply'
      ? answer.message.body
      : undefined
  }
  const send = (ref: string, more: Partial<SendOptions> = {}) =>
    (live as unknown as TransactionSender).send({ chainId: ROLLUP, call: pay(1n), ref, ...more })
  /** Nonce, gas limit and outcome of what the account has in blocks. */
  const onChain = () =>
    network
      .blocks(ROLLUP)
      .flatMap(({ transactions, receipts }) =>
        transactions.flatMap(({ transaction: { from, nonce, gasLimit } }, place) =>
          from === address('user-1') ? [{ nonce, gasLimit, reason: receipts[place]!.reason }] : [],
        ),
      )
  return { network, included, order, send, onChain }
}

const pay = (amount: bigint): Call => ({
  kind: 'transfer',
  token: tokens.usdcRollup,
  to: address('atlas'),
  amount,
})
/** Takes more than the least gas that a transaction may have; it reverts, since there is no such escrow. */
const claim: Call = { kind: 'claim', orderId: `0x${'ab'.repeat(32)}` as never }
const skip = (count: number): SigningFault => ({ kind: 'skip-nonces', chainId: ROLLUP, count })
const cut = (change: Partial<Extract<SigningFault, { kind: 'cut-gas' }>> = {}): SigningFault => ({
  kind: 'cut-gas',
  chainId: ROLLUP,
  calls: [],
  count: 1,
  gasPercent: 50,
  ...change,
})

describe('a nonce gap', () => {
  it('makes all that follows wait until its sender fills it', () => {
    const { network, included, order, send, onChain } = setUp()
    send('a')
    network.seconds(5)
    expect(order(skip(3))).toEqual({ kind: 'done' })
    send('b')
    send('c')
    // Nothing is looked at before 120 s have passed without a block of ours.
    network.seconds(115)
    expect(included).toEqual(['a ok'])
    network.seconds(15)
    expect(included).toEqual(['a ok', 'b ok', 'c ok'])
    expect(onChain().map(({ nonce }) => nonce)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('beyond what a pool takes is noticed by the refusal', () => {
    const { network, included, order, send, onChain } = setUp()
    order(skip(100))
    send('a')
    network.seconds(10)
    expect(included).toEqual(['a ok'])
    expect(onChain()).toHaveLength(101)
  })

  it('happens once', () => {
    const { network, included, order, send, onChain } = setUp()
    order(skip(100))
    send('a')
    network.seconds(10)
    send('b')
    network.seconds(5)
    expect(included).toEqual(['a ok', 'b ok'])
    expect(onChain().at(-1)).toMatchObject({ nonce: 101 })
  })

  it('is found again in the store by a sender that was killed meanwhile', () => {
    const { network, included, order, send } = setUp()
    order(skip(2))
    send('a')
    network.seconds(5)
    network.kill(SENDER, 'kept')
    network.restart(SENDER)
    network.seconds(125)
    expect(included).toEqual(['a ok'])
  })

  it('that was asked for of one transaction is the same', () => {
    const { network, included, send, onChain } = setUp()
    send('a', { skipNonces: 1 })
    network.seconds(130)
    expect(included).toEqual(['a ok'])
    expect(onChain().map(({ nonce }) => nonce)).toEqual([0, 1])
  })
})

describe('a gas limit that is too low', () => {
  it('costs the fee, and what it was for is sent again with enough', () => {
    const { network, included, order, send, onChain } = setUp()
    expect(order(cut())).toEqual({ kind: 'done' })
    send('claim', { call: claim })
    network.seconds(10)
    const needed = gasOfCall(claim)
    expect(onChain()).toEqual([
      { nonce: 0, gasLimit: Math.floor(needed / 2), reason: 'out-of-gas' },
      { nonce: 1, gasLimit: needed, reason: 'unknown-order' },
    ])
    // Its node hears of the second only.
    expect(included).toEqual(['claim unknown-order'])
  })

  it('is of so many transactions, of the calls that are named, and never of what cannot run out', () => {
    const { network, order, send, onChain } = setUp()
    order(cut({ calls: ['claim'], count: 2, gasPercent: 0 }))
    send('a')
    send('claim', { call: claim })
    network.seconds(10)
    expect(onChain().map(({ gasLimit, reason }) => [gasLimit, reason])).toEqual([
      [21_000, null],
      [21_000, 'out-of-gas'],
      [21_000, 'out-of-gas'],
      [gasOfCall(claim), 'unknown-order'],
    ])
  })

  it('that its sender chose is left at that', () => {
    const { network, included, send, onChain } = setUp()
    send('claim', { call: claim, gasLimit: 30_000 })
    network.seconds(10)
    expect(onChain()).toEqual([{ nonce: 0, gasLimit: 30_000, reason: 'out-of-gas' }])
    expect(included).toEqual(['claim out-of-gas'])
  })

  it('is not mended twice by a sender that reads its blocks again', () => {
    const { network, order, send, onChain } = setUp()
    order(cut())
    send('claim', { call: claim })
    network.seconds(10)
    network.kill(SENDER, 'kept')
    network.restart(SENDER)
    network.seconds(10)
    expect(onChain()).toHaveLength(2)
  })
})

describe('an order to sign wrongly', () => {
  it('is obeyed of operators only, and of chains that there are', () => {
    const { network, order, send, onChain } = setUp()
    expect(order(cut(), node('borealis'))).toEqual({ kind: 'refused', reason: 'not-authorised' })
    expect(order({ ...cut(), chainId: 7 as never })).toEqual({ kind: 'refused', reason: 'unknown-chain' })
    send('claim', { call: claim })
    network.seconds(10)
    expect(onChain()).toHaveLength(1)
  })
})
