import type { Ports } from '@solvent/ports'
import { asNodeId } from '@solvent/primitives'
import type { OutageMode, SignedTransaction, SolventVocabulary } from '@solvent/protocol'
import { checkBlockBody, transactionDigest } from '@solvent/protocol'
import { createChainEngine, gasOf } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { createBlockFollower } from '../parts/block-follower.ts'
import { createRunningNetwork, signerOf, smallGenesis, verifier } from '../testing/running-network.ts'
import { address, GENESIS_MS, L1, node, ROLLUP, smallNetwork, tokens } from '../testing/small-network.ts'

const PRODUCER = node('rollup-producer')
const PEER = node('user-1')
const OPERATOR = asNodeId('operator')

function transfer(nonce: number): SignedTransaction {
  const transaction = {
    chainId: ROLLUP,
    from: address('user-1'),
    nonce,
    gasLimit: gasOf('transfer'),
    maxFeePerGas: 10_000_000_000n,
    maxPriorityFeePerGas: 1n,
    call: { kind: 'transfer', token: tokens.usdcRollup, to: address('atlas'), amount: 1n },
  } as const
  return { transaction, signature: signerOf(PEER).sign(transactionDigest(transaction)) }
}

function setUp() {
  const network = createRunningNetwork()
  let followed: number[] = []
  const follower: { current: ReturnType<typeof createBlockFollower> | null } = { current: null }
  const probe = network.probe(PEER, {
    onStart: (ports: Ports<SolventVocabulary>) => {
      const onBlock = ({ header }: { header: { chainId: number; number: number } }) => {
        if (header.chainId === ROLLUP) followed = [...followed, header.number]
      }
      follower.current = createBlockFollower({ spec: smallNetwork, chains: [ROLLUP], onBlock }, ports)
      follower.current.start()
    },
    onMessage: (inbound) => follower.current?.onMessage(inbound) ?? 'ignore',
    onTimer: (timer) => void follower.current?.onTimer(timer),
  })
  const operator = network.probe(OPERATOR)
  network.start()
  const ask = (message: Parameters<typeof probe.ports.transport.request>[1]) =>
    void probe.ports.transport.request(PRODUCER, message, 30_000)
  const send = (nonce: number) => ask({ type: 'transaction', body: transfer(nonce) })
  const order = (mode: OutageMode, fromSecond: number, seconds: number, producer = PRODUCER) => {
    const fromMs = GENESIS_MS + fromSecond * 1_000
    const outage = { chainId: ROLLUP, producer, mode, fromMs, untilMs: fromMs + seconds * 1_000 }
    operator.ports.transport.request(
      PRODUCER,
      { type: 'control', body: { kind: 'sequencer-outage', outage } },
      30_000,
    )
  }
  const receipts = () =>
    probe.inbox.flatMap((m) => (m.via === 'reply' && m.message.type === 'receipt' ? [m.message.body] : []))
  const numbers = () => network.blocks(ROLLUP).map(({ header }) => header.number)
  const headers = () =>
    probe.inbox.flatMap((m) =>
      m.via === 'gossip' && m.message.type === 'header' && m.message.body.header.chainId === ROLLUP
        ? [m.message.body.header]
        : [],
    )
  return { network, probe, operator, ask, send, order, receipts, numbers, headers, followed: () => followed }
}

/** Slots of the rollup last 2 s: an outage from 10 s to 110 s covers slots 5 to 54. */
const inOutage = (number: number) => number >= 6 && number < 55

describe('a sequencer that is stopped', () => {
  it('makes no block and refuses what comes, and works again afterwards', () => {
    const { network, send, order, receipts, numbers } = setUp()
    send(0)
    network.seconds(10)
    order('stopped', 10, 100)
    network.seconds(1)
    send(1)
    network.seconds(90)
    expect(receipts().at(-1)).toEqual({ accepted: false, reason: 'unavailable' })
    expect(numbers().filter(inOutage)).toEqual([])
    network.seconds(15)
    send(1)
    network.seconds(10)
    expect(receipts().at(-1)).toEqual({ accepted: true, reason: null })
    expect(network.engines.get(ROLLUP)?.nextNonce(address('user-1'))).toBe(2)
  })

  it('has a block in its first slot afterwards, even an empty one', () => {
    const { network, order, numbers } = setUp()
    network.seconds(10)
    order('stopped', 10, 100)
    network.seconds(105)
    expect(numbers()).toEqual([56])
  })

  it('stays down over a restart', () => {
    const { network, send, order, numbers } = setUp()
    send(0)
    network.seconds(10)
    order('stopped', 10, 100)
    network.seconds(20)
    network.kill(PRODUCER, 'kept')
    network.seconds(5)
    network.restart(PRODUCER)
    network.seconds(1)
    send(1)
    network.seconds(60)
    expect(numbers().filter(inOutage)).toEqual([])
    network.seconds(20)
    expect(numbers().at(-1)).toBeGreaterThanOrEqual(55)
  })

  it('is over early when a later outage that ends earlier replaces it, and is not begun when it is past', () => {
    const { network, order, numbers } = setUp()
    network.seconds(10)
    order('stopped', 10, 100)
    network.seconds(10)
    order('stopped', 20, 10)
    network.seconds(15)
    expect(numbers()).toEqual([16])
    order('stopped', 0, 20)
    network.seconds(100)
    expect(numbers()).toEqual([16])
  })
})

describe('a sequencer with near-empty blocks', () => {
  it('makes blocks without anybody’s transaction, and lets all of them out afterwards in their order', () => {
    const { network, send, order, receipts, numbers } = setUp()
    network.seconds(10)
    order('near-empty', 10, 100)
    network.seconds(1)
    for (let nonce = 0; nonce < 5; nonce++) send(nonce)
    network.seconds(90)
    expect(receipts()).toEqual(Array.from({ length: 5 }, () => ({ accepted: true, reason: null })))
    // A block every 12 s: slots 6, 12, … 48.
    expect(numbers()).toEqual([6, 12, 18, 24, 30, 36, 42, 48])
    expect(network.receipts(ROLLUP)).toEqual([])
    network.seconds(20)
    expect(network.receipts(ROLLUP)).toHaveLength(5)
    expect(network.blocks(ROLLUP).at(-1)?.transactions).toHaveLength(5)
  })
})

describe('a sequencer with an invalid block at its head', () => {
  it('stops followers until another block takes its place, and they ask with patience', () => {
    const { network, probe, send, order, headers, followed } = setUp()
    send(0)
    network.seconds(10)
    order('head-of-line', 10, 100)
    network.seconds(1)
    send(1)
    const before = followed()
    expect(before).toHaveLength(1)
    network.seconds(95)
    expect(headers().at(-1)).toMatchObject({ number: 6, transactionCount: 1 })
    expect(followed()).toEqual(before)
    // Back-off 2, 4, 8 … 60 s: some requests, not hundreds.
    const replies = probe.inbox.filter((m) => m.via === 'reply' && m.message.type === 'blocks')
    expect(replies.length).toBeGreaterThan(3)
    expect(replies.length).toBeLessThan(12)
    network.seconds(120)
    expect(followed()).toEqual(network.blocks(ROLLUP).map(({ header }) => header.number))
    expect(network.receipts(ROLLUP)).toHaveLength(2)
  })

  it('is refused by followers for its body and by importers for its state', () => {
    const { network, probe, send, order } = setUp()
    send(0)
    network.seconds(10)
    order('head-of-line', 10, 100)
    network.seconds(1)
    probe.ports.transport.request(
      PRODUCER,
      { type: 'block-request', body: { chainId: ROLLUP, from: 6, to: 100, skip: 0 } },
      30_000,
    )
    network.seconds(1)
    const served = probe.inbox.flatMap((m) =>
      m.via === 'reply' && m.message.type === 'blocks' ? m.message.body.blocks : [],
    )
    const invalid = served.find(({ header }) => header.number === 6)
    if (invalid === undefined) throw new Error('the invalid block is not served')
    expect(checkBlockBody(invalid)).toBe(false)
    const genesis = smallGenesis.find(({ chainId }) => chainId === ROLLUP)!
    const importer = createChainEngine({ spec: smallNetwork, chainId: ROLLUP, genesis, verifier })
    for (const block of network.blocks(ROLLUP)) expect(importer.import(block).accepted).toBe(true)
    expect(importer.import(invalid).accepted).toBe(false)
  })

  it('never comes into a batch', () => {
    const { network, send, order } = setUp()
    send(0)
    network.seconds(10)
    order('head-of-line', 10, 100)
    network.seconds(400)
    expect(network.chainEvents(L1, 'batch-posted')).toMatchObject([{ fromBlock: 1 }, { toBlock: 56 }])
    expect(network.receipts(L1).filter(({ status }) => status === 'reverted')).toEqual([])
  })

  it('only stops when the chain has no block yet', () => {
    const { network, order, headers } = setUp()
    network.seconds(10)
    order('head-of-line', 10, 100)
    network.seconds(90)
    expect(headers()).toEqual([])
  })
})

it('refuses an outage of another producer or from a stranger', () => {
  const { network, probe, operator, order, numbers, send } = setUp()
  network.seconds(10)
  order('stopped', 10, 100, PEER)
  const outage = {
    chainId: ROLLUP,
    producer: PRODUCER,
    mode: 'stopped',
    fromMs: GENESIS_MS,
    untilMs: GENESIS_MS + 100_000,
  } as const
  probe.ports.transport.request(
    PRODUCER,
    { type: 'control', body: { kind: 'sequencer-outage', outage } },
    30_000,
  )
  network.seconds(1)
  expect(operator.inbox.at(-1)).toMatchObject({ message: { body: { reason: 'not-a-producer' } } })
  send(0)
  network.seconds(5)
  expect(numbers()).toHaveLength(1)
})
