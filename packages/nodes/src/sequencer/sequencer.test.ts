import type { Ports } from '@solvent/ports'
import { type Address, asNodeId, type ChainId } from '@solvent/primitives'
import {
  type Call,
  type Message,
  type SignedTransaction,
  type SolventVocabulary,
  transactionDigest,
} from '@solvent/protocol'
import { gasOf } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { createRunningNetwork, signerOf } from '../testing/running-network.ts'
import { address, L1, node, ROLLUP, smallNetwork, tokens } from '../testing/small-network.ts'
import { createSequencer } from './sequencer.ts'

const PEER = node('user-1')

function transfer(chainId: ChainId, nonce: number, to: Address = address('atlas')): SignedTransaction {
  const token = chainId === L1 ? tokens.usdcL1 : tokens.usdcRollup
  const call: Call = { kind: 'transfer', token, to, amount: 1_000_000n }
  const transaction = {
    chainId,
    from: address('user-1'),
    nonce,
    gasLimit: gasOf('transfer'),
    maxFeePerGas: 10_000_000_000n,
    maxPriorityFeePerGas: 1n,
    call,
  }
  return { transaction, signature: signerOf(PEER).sign(transactionDigest(transaction)) }
}

function setUp() {
  const network = createRunningNetwork()
  const probe = network.probe(PEER, {
    onStart: (ports: Ports<SolventVocabulary>) => ports.transport.subscribe('headers'),
  })
  const operator = network.probe(asNodeId('operator'))
  network.start()
  const producerOf = (chainId: ChainId) => node(chainId === L1 ? 'l1-producer' : 'rollup-producer')
  const ask = (chainId: ChainId, message: Message) =>
    void probe.ports.transport.request(producerOf(chainId), message, 30_000)
  const send = (signed: SignedTransaction) =>
    ask(signed.transaction.chainId, { type: 'transaction', body: signed })
  const replies = () => probe.inbox.flatMap((m) => (m.via === 'reply' ? [m.message] : []))
  const headers = () =>
    probe.inbox.flatMap((m) =>
      m.via === 'gossip' && m.message.type === 'header' ? [m.message.body.header] : [],
    )
  return { network, probe, operator, ask, send, replies, headers }
}

describe('a sequencer', () => {
  it('makes a block at the next slot after a transaction came, and none while there is nothing to do', () => {
    const { network, send, headers } = setUp()
    network.seconds(5)
    expect(headers()).toEqual([])
    send(transfer(ROLLUP, 0))
    network.advance(1_100)
    expect(network.blocks(ROLLUP)).toHaveLength(1)
    // Sent 5 s after genesis; slots last 2 s, so the next one is number 3 at 6 s.
    expect(headers()).toMatchObject([{ chainId: ROLLUP, number: 3, emptyBefore: 2, transactionCount: 1 }])
    network.seconds(20)
    expect(headers().filter(({ chainId }) => chainId === ROLLUP)).toHaveLength(1)
  })

  it('answers whether the pool took a transaction', () => {
    const { network, send, replies } = setUp()
    send(transfer(ROLLUP, 0))
    network.seconds(4)
    send(transfer(ROLLUP, 0))
    send({ ...transfer(ROLLUP, 1), signature: transfer(ROLLUP, 0).signature })
    network.seconds(1)
    expect(replies()).toEqual([
      { type: 'receipt', body: { accepted: true, reason: null } },
      { type: 'receipt', body: { accepted: false, reason: 'nonce-too-low' } },
      { type: 'receipt', body: { accepted: false, reason: 'not-authorised' } },
    ])
  })

  it('refuses transactions of chains that it does not produce', () => {
    const { network, probe, replies } = setUp()
    probe.ports.transport.request(
      node('l1-producer'),
      { type: 'transaction', body: transfer(ROLLUP, 0) },
      30_000,
    )
    network.seconds(1)
    expect(replies()).toEqual([{ type: 'receipt', body: { accepted: false, reason: 'wrong-chain' } }])
  })

  it('keeps the L1 alive with an empty block at the first slot of every epoch', () => {
    const { network, headers } = setUp()
    // Epochs of 8 slots of 12 s: three epochs begin within 300 s of genesis.
    network.seconds(300)
    expect(
      headers()
        .filter(({ chainId }) => chainId === L1)
        .map(({ number }) => number),
    ).toEqual([8, 16, 24])
  })

  it('posts batches and roots of its rollup to the L1, each block once', () => {
    const { network, send } = setUp()
    send(transfer(ROLLUP, 0))
    network.seconds(100)
    send(transfer(ROLLUP, 1))
    network.seconds(1_200)
    expect(network.chainEvents(L1, 'batch-posted')).toMatchObject([
      { rollup: ROLLUP, fromBlock: 1, toBlock: 1 },
      { rollup: ROLLUP, fromBlock: 51, toBlock: 51 },
    ])
    const root = network.engines.get(ROLLUP)?.head().header.stateRoot
    expect(network.chainEvents(L1, 'root-posted')).toMatchObject([
      { rollup: ROLLUP, block: 51, stateRoot: root },
    ])
    expect(network.receipts(L1).filter(({ status }) => status === 'reverted')).toEqual([])
  })

  it('serves blocks by range', () => {
    const { network, send, ask, replies } = setUp()
    for (let n = 0; n < 3; n++) {
      send(transfer(ROLLUP, n))
      network.seconds(10)
    }
    const numbers = network.blocks(ROLLUP).map(({ header }) => header.number)
    ask(ROLLUP, { type: 'block-request', body: { chainId: ROLLUP, from: 2, to: 1_000, skip: 0 } })
    network.seconds(1)
    expect(replies().at(-1)).toEqual({
      type: 'blocks',
      body: {
        chainId: ROLLUP,
        blocks: network.blocks(ROLLUP).filter(({ header }) => header.number >= 2),
        next: null,
      },
    })
    expect(numbers).toHaveLength(3)
  })

  it('refuses what it does not serve', () => {
    const { network, probe, ask } = setUp()
    ask(ROLLUP, { type: 'block-request', body: { chainId: L1, from: 1, to: 9, skip: 0 } })
    ask(ROLLUP, { type: 'order-request', body: { orderIds: [] } })
    network.seconds(1)
    expect(probe.inbox.filter((m) => m.via === 'failure')).toMatchObject([
      { reason: 'refused' },
      { reason: 'refused' },
    ])
  })

  it('announces a block only when the store has it', () => {
    const network = createRunningNetwork({ storeDelayMs: 700 })
    const probe = network.probe(PEER, { onStart: (ports) => ports.transport.subscribe('headers') })
    network.start()
    probe.ports.transport.request(
      node('rollup-producer'),
      { type: 'transaction', body: transfer(ROLLUP, 0) },
      30_000,
    )
    network.advance(2_500)
    expect(network.blocks(ROLLUP)).toHaveLength(1)
    expect(probe.inbox.filter((m) => m.via === 'gossip')).toEqual([])
    network.advance(500)
    expect(probe.inbox.filter((m) => m.via === 'gossip')).toHaveLength(1)
  })

  it('goes on after a kill: serves its old blocks, builds on them and posts what was not posted', () => {
    const { network, send, ask, replies } = setUp()
    send(transfer(ROLLUP, 0))
    network.seconds(10)
    network.kill(node('rollup-producer'), 'unsynced-lost')
    network.seconds(200)
    network.restart(node('rollup-producer'))
    send(transfer(ROLLUP, 1))
    network.seconds(200)
    const [first, second] = network.blocks(ROLLUP)
    expect(second?.header.parentHash).toBe(first?.hash)
    ask(ROLLUP, { type: 'block-request', body: { chainId: ROLLUP, from: 1, to: 1_000, skip: 0 } })
    network.seconds(1)
    expect(replies().at(-1)).toMatchObject({
      body: { blocks: [{ hash: first?.hash }, { hash: second?.hash }] },
    })
    const batches = network.chainEvents(L1, 'batch-posted')
    expect(batches.at(-1)).toMatchObject({ toBlock: second?.header.number })
    expect(network.receipts(L1).filter(({ status }) => status === 'reverted')).toEqual([])
  })

  it('replays its blocks into a fresh engine, as a restarted process must', () => {
    const { network, send } = setUp()
    send(transfer(ROLLUP, 0))
    network.seconds(10)
    const before = network.blocks(ROLLUP)
    const producer = node('rollup-producer')
    const fresh = createRunningNetwork()
    for (const key of network.store(producer).keys('')) {
      fresh.store(producer).put(key, network.store(producer).get(key) as Uint8Array)
    }
    fresh.probe(PEER)
    fresh.start()
    fresh.seconds(1)
    expect(fresh.blocks(ROLLUP)).toEqual(before)
  })

  it('tells an operator its status and nobody else', () => {
    const { network, operator, ask, replies, send } = setUp()
    send(transfer(ROLLUP, 0))
    network.seconds(10)
    ask(ROLLUP, { type: 'control', body: { kind: 'status' } })
    operator.ports.transport.request(
      node('rollup-producer'),
      { type: 'control', body: { kind: 'status' } },
      30_000,
    )
    network.seconds(1)
    expect(replies().at(-1)).toEqual({
      type: 'control-reply',
      body: { kind: 'refused', reason: 'not-authorised' },
    })
    expect(operator.inbox.at(-1)).toMatchObject({
      via: 'reply',
      message: {
        body: {
          kind: 'status',
          status: { role: 'sequencer', node: 'rollup-producer', summary: 'rollup: 1 blocks' },
        },
      },
    })
  })

  it('drops what its inclusion policy leaves out and says it took it', () => {
    const censored = createRunningNetwork()
    const probe = censored.probe(PEER)
    const engine = censored.engines.get(ROLLUP)
    const init = { spec: smallNetwork, node: node('rollup-producer'), chains: [ROLLUP] }
    const leavesOut = (signed: SignedTransaction) => signed.transaction.nonce !== 0
    censored.add(
      node('rollup-producer'),
      createSequencer(init, leavesOut),
      engine === undefined ? [] : [engine],
    )
    censored.start()
    probe.ports.transport.request(
      node('rollup-producer'),
      { type: 'transaction', body: transfer(ROLLUP, 0) },
      30_000,
    )
    censored.seconds(20)
    expect(probe.inbox).toMatchObject([{ via: 'reply', message: { body: { accepted: true } } }])
    expect(censored.blocks(ROLLUP)).toEqual([])
  })

  it('cannot be made for a chain that is not its own', () => {
    const network = createRunningNetwork()
    network.add(node('atlas'), createSequencer({ spec: smallNetwork, node: node('atlas'), chains: [L1] }))
    expect(() => network.start()).toThrow('The sequencer atlas is no producer of chain 1.')
  })
})
