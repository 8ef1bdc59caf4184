import { createSeededRng, type LoopbackOptions } from '@solvent/ports/testing'
import { type ChainId, ZERO_HASH } from '@solvent/primitives'
import {
  type Block,
  type BlockRange,
  type Call,
  headerDigest,
  type Message,
  type SolventVocabulary,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createRunningNetwork, type RunningNetwork } from '../testing/running-network.ts'
import { address, L1, node, ROLLUP, smallNetwork, tokens } from '../testing/small-network.ts'
import { type BlockFollower, createBlockFollower } from './block-follower.ts'
import { createTransactionSender, type TransactionSender } from './transaction-sender.ts'

const FOLLOWER = node('borealis')
const SENDER = node('user-1')
const PRODUCER = node('rollup-producer')

interface Followed {
  readonly follower: () => BlockFollower
  readonly seen: Block[]
  readonly moved: ChainId[]
  readonly gone: Block[]
}

function addFollower(
  network: RunningNetwork,
  change: { tamper?: (message: Message) => Message } = {},
): Followed {
  const seen: Block[] = []
  const moved: ChainId[] = []
  const gone: Block[] = []
  let follower: BlockFollower | null = null
  network.probe(FOLLOWER, {
    onStart(ports) {
      seen.length = 0
      follower = createBlockFollower(
        {
          spec: smallNetwork,
          chains: [L1, ROLLUP],
          onBlock: (block) => void seen.push(block),
          onOrphaned: (block) => void gone.push(block),
          onFinality: (chainId) => void moved.push(chainId),
        },
        ports,
      )
      follower.start()
    },
    onMessage(inbound) {
      const read =
        change.tamper !== undefined && inbound.via === 'reply'
          ? { ...inbound, message: change.tamper(inbound.message) }
          : inbound
      return follower?.onMessage(read) ?? 'ignore'
    },
    onTimer: (timer) => void follower?.onTimer(timer),
  })
  return { follower: () => follower as unknown as BlockFollower, seen, moved, gone }
}

function setUp(
  change: Partial<LoopbackOptions<SolventVocabulary>> = {},
  tamper?: (message: Message) => Message,
) {
  const network = createRunningNetwork(change)
  const followed = addFollower(network, tamper === undefined ? {} : { tamper })
  let sender: TransactionSender | null = null
  let refs = 0
  network.probe(SENDER, {
    onStart: (ports) => {
      sender = createTransactionSender({ spec: smallNetwork, onIncluded: () => {} }, ports)
    },
    onMessage: (inbound) => (sender?.onMessage(inbound) === true ? 'accept' : 'ignore'),
    onTimer: (timer) => void sender?.onTimer(timer),
  })
  network.start()
  const call: Call = { kind: 'transfer', token: tokens.usdcRollup, to: address('atlas'), amount: 1n }
  const pay = (count = 1) => {
    for (let i = 0; i < count; i++)
      (sender as unknown as TransactionSender).send({ chainId: ROLLUP, call, ref: String(refs++) })
  }
  const seenOf = (chainId: ChainId) => followed.seen.filter(({ header }) => header.chainId === chainId)
  const requests = () =>
    network.sent.filter(({ from, message }) => from === FOLLOWER && message.type === 'block-request')
  return { network, ...followed, pay, seenOf, requests }
}

describe('a block follower', () => {
  it('hands on every block of its chains once, in the order of each chain, and its view agrees', () => {
    const { network, follower, pay, seenOf } = setUp()
    for (let i = 0; i < 10; i++) {
      pay()
      network.seconds(30)
    }
    network.seconds(30)
    expect(seenOf(ROLLUP)).toEqual(network.blocks(ROLLUP))
    expect(seenOf(L1)).toEqual(network.blocks(L1))
    expect(follower().view.head(ROLLUP)?.hash).toBe(network.engines.get(ROLLUP)?.head().hash)
    expect(follower().isCaughtUp(ROLLUP)).toBe(true)
  })

  it('needs no request for an empty block', () => {
    const { network, seenOf, requests } = setUp()
    network.seconds(100)
    expect(seenOf(L1)).toHaveLength(1)
    expect(
      requests().filter(
        ({ message }) =>
          message.type === 'block-request' && message.body.chainId === L1 && message.body.to > 0,
      ),
    ).toHaveLength(1)
  })

  it('reports moves of finality', () => {
    const { network, pay, moved, follower } = setUp()
    pay()
    network.seconds(600)
    expect(new Set(moved)).toEqual(new Set([L1, ROLLUP]))
    expect(follower().view.level(ROLLUP, 1)).toBe('finalized')
  })

  it('asks for what it missed when a later header shows the gap', () => {
    let deaf = true
    const { network, pay, seenOf } = setUp({
      lose: (_from, to, message) => deaf && to === FOLLOWER && message.type === 'header',
    })
    for (let i = 0; i < 4; i++) {
      pay()
      network.seconds(4)
    }
    expect(seenOf(ROLLUP)).toEqual([])
    deaf = false
    pay()
    network.seconds(4)
    expect(seenOf(ROLLUP)).toEqual(network.blocks(ROLLUP))
    expect(seenOf(ROLLUP)).toHaveLength(5)
  })

  it('keeps up with a chain that announces faster than its replies come', () => {
    const farMs = 3_000
    const { network, pay, seenOf } = setUp({
      latencyMs: (from, to) => (from === FOLLOWER || to === FOLLOWER ? farMs : 5),
    })
    for (let i = 0; i < 60; i++) {
      pay()
      network.seconds(2)
    }
    // A block every slot of 2 s, a reply 6 s after its request.
    const made = network.blocks(ROLLUP).length
    expect(made).toBeGreaterThan(50)
    // The header comes late by one way, the request may wait for an earlier reply, then it and its own reply: five ways.
    expect(made - seenOf(ROLLUP).length).toBeLessThanOrEqual((5 * farMs) / 2_000 + 1)
  })

  it('asks a silent chain, so that a lost last header is found', () => {
    const { network, pay, seenOf } = setUp({
      lose: (_from, to, message) => to === FOLLOWER && message.type === 'header',
    })
    pay()
    network.seconds(150)
    expect(seenOf(ROLLUP)).toEqual(network.blocks(ROLLUP))
    expect(seenOf(ROLLUP)).toHaveLength(1)
  })

  it('asks a chain that stays silent less and less often', () => {
    const { network, requests } = setUp()
    network.seconds(3_600)
    // At 0, 60, 180, 420, 900 s and then every 600 s, jitter apart.
    expect(
      requests().filter(({ message }) => message.type === 'block-request' && message.body.chainId === ROLLUP)
        .length,
    ).toBeLessThan(12)
  })

  it('gets everything though half of all messages are lost and the rest overtake each other', () => {
    const coin = createSeededRng('loss').stream('coin')
    const latency = createSeededRng('loss').stream('latency')
    const { network, pay, seenOf } = setUp({
      lose: (_from, to) => to === FOLLOWER && coin.bernoulli(0.5),
      latencyMs: () => 1 + latency.int(3_000),
    })
    for (let i = 0; i < 20; i++) {
      pay()
      network.seconds(7)
    }
    network.seconds(1_500)
    expect(network.blocks(ROLLUP).length).toBeGreaterThan(10)
    expect(seenOf(ROLLUP)).toEqual(network.blocks(ROLLUP))
  })

  it('ignores a header that it has', () => {
    const { network, pay, follower } = setUp()
    pay()
    network.seconds(5)
    const [block] = network.blocks(ROLLUP)
    if (block === undefined) throw new Error('no block')
    const body = { header: block.header, signature: block.signature }
    const again = follower().onMessage({
      via: 'gossip',
      topic: 'headers',
      from: PRODUCER,
      message: { type: 'header', body },
    })
    expect(again).toBe('ignore')
  })

  it.each([
    ['a timestamp that is not of its slot', { timestamp: 1 }],
    ['another base fee', { baseFee: 1n }],
    ['more gas than the limit', { gasUsed: 30_000_001 }],
    ['more empty slots than there were', { emptyBefore: 99 }],
    ['a producer that is none', { producer: address('atlas') }],
  ])('rejects a header with %s', (_what, change) => {
    const { network, pay, follower } = setUp()
    pay()
    network.seconds(5)
    const block = network.blocks(ROLLUP)[0] as Block
    const body = { header: { ...block.header, ...change }, signature: block.signature }
    const verdict = follower().onMessage({
      via: 'gossip',
      topic: 'headers',
      from: PRODUCER,
      message: { type: 'header', body },
    })
    expect(verdict).toMatchObject({ reject: expect.any(String) })
  })

  it('takes no body that is not its header’s', () => {
    const forge = (message: Message): Message => {
      if (message.type !== 'blocks') return message
      const blocks = message.body.blocks.map((block) => ({
        ...block,
        receipts: block.receipts.map((r) => ({ ...r, gasUsed: r.gasUsed + 1 })),
      }))
      return { type: 'blocks', body: { ...message.body, blocks } }
    }
    const { network, pay, seenOf, requests } = setUp({}, forge)
    pay()
    network.seconds(300)
    expect(seenOf(ROLLUP)).toEqual([])
    // And asks again, with growing waits.
    expect(requests().length).toBeGreaterThan(3)
  })

  it('survives replies that are empty, of another chain, out of range or without progress', () => {
    const tricks: ((range: BlockRange) => BlockRange)[] = [
      (range) => ({ ...range, blocks: [] }),
      (range) => ({ ...range, chainId: L1 }),
      (range) => ({ ...range, blocks: [...range.blocks, ...range.blocks] }),
      (range) => ({ ...range, next: { from: 1, skip: 0 } }),
      (range) => ({ ...range, blocks: range.blocks.map((block) => ({ ...block, transactions: [] })) }),
    ]
    let count = 0
    const play = (message: Message): Message => {
      const trick = tricks[count]
      if (message.type !== 'blocks' || message.body.blocks.length === 0 || trick === undefined) return message
      count++
      return { type: 'blocks', body: trick(message.body) }
    }
    const { network, pay, seenOf } = setUp({}, play)
    pay()
    network.seconds(900)
    expect(count).toBe(tricks.length)
    expect(seenOf(ROLLUP)).toEqual(network.blocks(ROLLUP))
  })

  it('puts together a block that is larger than a frame', () => {
    const { network, pay, seenOf, requests } = setUp()
    // About 600 B for each transfer with its receipt: far more than one reply of 48 KiB.
    pay(300)
    network.seconds(40)
    const largest = Math.max(...network.blocks(ROLLUP).map(({ transactions }) => transactions.length))
    expect(largest).toBeGreaterThan(100)
    expect(seenOf(ROLLUP)).toEqual(network.blocks(ROLLUP))
    expect(requests().some(({ message }) => message.type === 'block-request' && message.body.skip > 0)).toBe(
      true,
    )
  })

  it('reads its chains again after a restart', () => {
    const { network, pay, seenOf } = setUp()
    pay()
    network.seconds(300)
    network.kill(FOLLOWER, 'kept')
    network.seconds(10)
    network.restart(FOLLOWER)
    network.seconds(1)
    expect(seenOf(ROLLUP)).toEqual(network.blocks(ROLLUP))
    expect(seenOf(L1)).toEqual(network.blocks(L1))
  })

  it('fetches what the L1 orders of a rollup, though nobody has announced it', () => {
    const { network, pay, seenOf } = setUp({
      lose: (_from, to, message) =>
        to === FOLLOWER && message.type === 'header' && message.body.header.chainId === ROLLUP,
    })
    network.seconds(80)
    pay()
    // The batch of the tick at 120 s. A silence made it ask at 60 to 75 s, and will again 120 s later.
    network.seconds(33)
    expect(network.blocks(ROLLUP)).toHaveLength(1)
    expect(seenOf(ROLLUP)).toEqual([])
    network.seconds(7 + 2 * 12)
    expect(network.chainEvents(L1, 'batch-posted')).toHaveLength(1)
    expect(seenOf(ROLLUP)).toEqual(network.blocks(ROLLUP))
  })

  it('leaves a branch that stands on nothing it could follow, and follows its own as before', () => {
    let stranger: Block | null = null
    const serve = (message: Message): Message =>
      stranger === null || message.type !== 'blocks' || message.body.chainId !== ROLLUP
        ? message
        : { type: 'blocks', body: { ...message.body, blocks: [...message.body.blocks, stranger] } }
    const { network, pay, follower, seenOf, requests } = setUp({}, serve)
    pay()
    network.seconds(900)
    const known = network.blocks(ROLLUP)[0] as Block
    const elsewhere = childOf(known, { parentHash: ZERO_HASH, number: 440, transactionCount: 1 }).header
    stranger = { ...known, header: elsewhere, hash: headerDigest(elsewhere) }
    const { header, signature } = stranger
    follower().onMessage({
      via: 'gossip',
      topic: 'headers',
      from: PRODUCER,
      message: { type: 'header', body: { header, signature } },
    })
    const asked = () =>
      requests().filter(({ message }) => message.type === 'block-request' && message.body.to === 440).length
    network.seconds(50)
    // From the head on, then from what is final on, and not again and again for what cannot come.
    expect(asked()).toBe(2)
    stranger = null
    pay()
    network.seconds(10)
    expect(seenOf(ROLLUP)).toEqual(network.blocks(ROLLUP))
    expect(follower().isCaughtUp(ROLLUP)).toBe(true)
  })

  it('follows the longer branch when a producer forks, and says which blocks are gone', () => {
    const { network, pay, follower, gone } = setUp()
    pay()
    network.seconds(5)
    const block = network.blocks(ROLLUP)[0] as Block
    const sibling = childOf(block, {
      parentHash: block.header.parentHash,
      number: block.header.number,
      emptyBefore: block.header.emptyBefore,
    })
    const child = childOf(sibling, { number: sibling.header.number + 1 })
    for (const each of [sibling, child]) follower().offer(each)
    expect(follower().view.head(ROLLUP)?.hash).toBe(child.hash)
    expect(gone).toEqual([block])
  })
})

/** An empty block that follows another, with a right body and a right hash. */
function childOf(parent: Block, change: Partial<Block['header']>): Block {
  const { number = parent.header.number + 1 } = change
  const header = {
    ...parent.header,
    parentHash: parent.hash,
    emptyBefore: 0,
    timestamp: Math.floor((smallNetwork.genesisMs + number * 2_000) / 1_000),
    transactionCount: 0,
    ...change,
  }
  return { ...parent, header, hash: headerDigest(header), transactions: [], receipts: [] }
}
