// The abuse catalogue A1–A9 at the level of bytes and frames, against one node of a running network: each abuse is
// refused, blamed on the peer that sent it and on nobody else, and honest traffic goes on.
import type { Node, Ports } from '@solvent/ports'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  concat,
  exchangeBytes,
  gossipRpc,
  HostilePeer,
  lengthPrefixed,
  subscriptionRpc,
  varint,
} from './testing/hostile-peer.ts'
import { eventually, nodeNames, WordNetwork } from './testing/word-network.ts'
import { type Word, type Words, wordCodec } from './testing/words.ts'

const [victim, relay, publisher] = nodeNames(3) as [
  ReturnType<typeof nodeNames>[number],
  ReturnType<typeof nodeNames>[number],
  ReturnType<typeof nodeNames>[number],
]

let network: WordNetwork
let hostile: HostilePeer
let received: Map<string, Word[]>
let events: string[]
let honestSent = 0

beforeEach(async () => {
  received = new Map()
  events = []
  network = await WordNetwork.start(
    [victim, relay, publisher].map((id) => ({ id, create: (ports) => listener(id, ports) })),
    {
      onFatal: (id, error) => events.push(`${id} FATAL ${String(error)}`),
      onEvent: (id, event) => events.push(`${id} ${event.kind} ${event.detail ?? ''}`),
      limits: { frameTimeoutMs: 600 },
    },
  )
  hostile = await HostilePeer.start()
  await hostile.connect(network.runtime(victim).addresses()[0] as string)
})

afterEach(async () => {
  await hostile.stop()
  await network.stop()
})

function listener(id: string, ports: Ports<Words>): Node<Words> {
  const inbox: Word[] = []
  received.set(id, inbox)
  return {
    start: () => ports.transport.subscribe('news'),
    stop: () => undefined,
    onMessage: (inbound) => {
      if ('message' in inbound) inbox.push(inbound.message)
      if (inbound.via === 'request')
        ports.transport.reply(inbound.replyTo, { type: 'reply', n: inbound.message.n })
      return 'accept'
    },
    onTimer: () => undefined,
    snapshot: () => new Uint8Array(0),
    restore: () => undefined,
  }
}

const balance = (): number => network.runtime(victim).ledger.balance(hostile.peerId)
const gossipOf = (word: Word): Uint8Array => gossipRpc([{ topic: 'news', data: wordCodec.encode(word) }])

/** Honest gossip and requests still pass, nobody honest was blamed, no handler failed. */
async function expectHonestTraffic(): Promise<void> {
  honestSent++
  const n = 1_000_000 + honestSent
  network.runtime(publisher).transport.publish('news', { type: 'gossip', n })
  await eventually('honest gossip arrives', () =>
    [victim, relay].every((id) => received.get(id)?.some((word) => word.n === n) === true),
  )
  network.runtime(relay).transport.request(victim, { type: 'request', n }, 2_000)
  await eventually(
    'an honest request is answered',
    () => received.get(relay)?.some((word) => word.type === 'reply' && word.n === n) === true,
  )
  const peers = [victim, relay, publisher].map((id) => network.runtime(id))
  for (const runtime of peers) {
    for (const other of peers) expect(runtime.ledger.balance(other.peerId)).toBe(0)
  }
  expect(events.filter((line) => line.includes('FATAL'))).toEqual([])
}

describe('A1: lengths that lie', () => {
  it.each([
    ['2^31', varint(2 ** 31)],
    ['2^53', varint(2n ** 53n)],
    ['eleven bytes', new Uint8Array(11).fill(0xff)],
    ["minus one in two's complement", varint(2n ** 64n - 1n)],
  ])('refuses %s before allocating, blames, and closes the stream', async (_what, length) => {
    const before = process.memoryUsage.rss()
    const stream = await hostile.exchange()
    stream.send(concat(length, new Uint8Array(64)))
    await eventually('blamed', () => balance() < 0)
    expect(balance()).toBeCloseTo(-10, 1)
    await eventually('stream closed', () => stream.status !== 'open')
    expect(process.memoryUsage.rss() - before).toBeLessThan(50 * 2 ** 20)
    await expectHonestTraffic()
  })

  it('refuses the same on the gossip stream', async () => {
    const stream = await hostile.gossip()
    stream.send(varint(2 ** 31))
    await eventually('blamed', () => balance() <= -9.9)
    await expectHonestTraffic()
  })

  it('cuts off a peer that begins a frame and stalls', async () => {
    const stream = await hostile.exchange()
    stream.send(concat(varint(100), new Uint8Array(3)))
    await eventually('blamed', () => balance() < 0)
    await eventually('stream closed', () => stream.status !== 'open')
    await expectHonestTraffic()
  })
})

describe('A2: gossip over the limit', () => {
  it.each([70 * 1024, 5 * 2 ** 20])('drops %i bytes and blames the sender', async (size) => {
    const stream = await hostile.gossip()
    stream.send(subscriptionRpc(['news']))
    stream.send(gossipRpc([{ topic: 'news', data: new Uint8Array(size) }]))
    await eventually('blamed', () => balance() < 0)
    expect(received.get(victim)).toEqual([])
    await expectHonestTraffic()
  })

  it('refuses to publish one itself, without harm', async () => {
    const { transport, meter } = network.runtime(publisher)
    transport.publish('news', { type: 'gossip', n: 1, network: 'x'.repeat(70 * 1024) })
    expect(meter.snapshot().get('messages.too-large')).toBe(1)
    await expectHonestTraffic()
  })
})

describe('A3 and A4: what cannot be read', () => {
  const canonical = wordCodec.encode({ type: 'gossip', n: 7 })

  it.each<[string, Uint8Array]>([
    ['a truncated message', canonical.subarray(0, canonical.length - 1)],
    ['trailing bytes', concat(canonical, Uint8Array.of(0))],
    ['a number in more bytes than it needs', nonMinimal(canonical)],
    ['an unknown field', wordCodec.encode({ type: 'gossip', n: 7, extra: 1 } as unknown as Word)],
    ['nothing', new Uint8Array(0)],
    ['JSON', Buffer.from('{"__proto__":{"type":"gossip"}}')],
    ['a lone surrogate', Uint8Array.of(0x63, 0xed, 0xa0, 0x80)],
    ['depth without end', new Uint8Array(4_000).fill(0x81)],
  ])('rejects gossip of %s and blames the sender', async (_what, data) => {
    const stream = await hostile.gossip()
    stream.send(gossipRpc([{ topic: 'news', data }]))
    await eventually('blamed', () => balance() < 0)
    expect(received.get(victim)).toEqual([])
    await expectHonestTraffic()
  })

  it('blames for gossip that is no protobuf', async () => {
    const stream = await hostile.gossip()
    stream.send(lengthPrefixed(Uint8Array.of(0x12, 0xff, 0xff, 0x03, 1)))
    await eventually('blamed', () => balance() < 0)
    await expectHonestTraffic()
  })

  it.each<[string, Uint8Array]>([
    ['no header', Uint8Array.of(1, 2, 3)],
    ['an unknown kind', Uint8Array.of(9, 0, 0, 0, 1, 0, 0, 0, 0)],
    ['a reply to nobody', Uint8Array.of(2, 0, 0, 0, 1, 0, 0, 0, 0)],
  ])('blames for an exchange frame with %s', async (_what, frame) => {
    const stream = await hostile.exchange()
    stream.send(lengthPrefixed(frame))
    await eventually('blamed', () => balance() < 0)
    await expectHonestTraffic()
  })

  it('survives thousands of mutated frames on both streams', async () => {
    const base = concat(
      exchangeBytes({
        kind: 'request',
        id: 1,
        timeoutMs: 100,
        body: wordCodec.encode({ type: 'request', n: 1 }),
      }),
      gossipOf({ type: 'gossip', n: 2 }),
    )
    let state = 12345
    const next = (n: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return state % n
    }
    for (let round = 0; round < 60; round++) {
      const peer = await HostilePeer.start()
      try {
        await peer.connect(network.runtime(victim).addresses()[0] as string)
        const streams = [await peer.exchange(), await peer.gossip()]
        for (let i = 0; i < 40; i++) {
          const mutated = base.slice(next(4), base.length - next(4))
          mutated[next(mutated.length)] = next(256)
          for (const stream of streams) if (stream.status === 'open') stream.send(mutated)
        }
      } catch {
        // Cut off while it was still writing: what should happen.
      } finally {
        await peer.stop()
      }
    }
    await expectHonestTraffic()
  }, 60_000)
})

describe('A5: forged signatures', () => {
  it('rejects them, and the peer is out after two', async () => {
    const stream = await hostile.gossip()
    stream.send(gossipOf({ type: 'gossip', n: 1, signature: 'forged' }))
    stream.send(gossipOf({ type: 'gossip', n: 2, signature: 'forged' }))
    await eventually('disconnected', () => !hostile.isConnected)
    expect(received.get(victim)).toEqual([])
    await expectHonestTraffic()
  })

  it('rejects gossip that claims an author at the level of gossipsub', async () => {
    const stream = await hostile.gossip()
    stream.send(
      gossipRpc([
        {
          topic: 'news',
          data: wordCodec.encode({ type: 'gossip', n: 1 }),
          from: new Uint8Array(38),
          seqno: new Uint8Array(8),
        },
      ]),
    )
    await eventually('blamed', () => balance() < 0)
    expect(received.get(victim)).toEqual([])
    await expectHonestTraffic()
  })

  it('delivers good signatures, and blames the relay of a bad one only', async () => {
    const stream = await hostile.gossip()
    stream.send(gossipOf({ type: 'gossip', n: 3, signature: 'good' }))
    await eventually('delivered', () => received.get(victim)?.some((word) => word.n === 3) === true)
    expect(balance()).toBe(0)
    await expectHonestTraffic()
  })
})

describe('A6: replays', () => {
  it('delivers a message once however often it is sent, and blames nobody for duplicates', async () => {
    const stream = await hostile.gossip()
    const rpc = gossipOf({ type: 'gossip', n: 5, signature: 'good' })
    for (let i = 0; i < 50; i++) stream.send(rpc)
    await expectHonestTraffic()
    expect(received.get(victim)?.filter((word) => word.n === 5)).toHaveLength(1)
  })
})

describe('A7 and A8: other networks, other times', () => {
  it.each<[string, Word]>([
    ['a foreign network', { type: 'gossip', n: 1, network: 'elsewhere' }],
    ['expired long ago', { type: 'gossip', n: 2, expires: 1 }],
    ['a request on a gossip topic', { type: 'request', n: 3 }],
  ])('rejects gossip of %s', async (_what, word) => {
    const stream = await hostile.gossip()
    stream.send(gossipOf(word))
    await eventually('blamed', () => balance() < 0)
    expect(received.get(victim)).toEqual([])
    await expectHonestTraffic()
  })

  it('ignores what is a little late and blames nobody', async () => {
    const stream = await hostile.gossip()
    stream.send(gossipOf({ type: 'gossip', n: 4, expires: network.runtime(victim).clock.nowMs() - 5_000 }))
    await expectHonestTraffic()
    expect(received.get(victim)?.some((word) => word.n === 4)).toBe(false)
    expect(balance()).toBe(0)
  })
})

describe('A9: floods', () => {
  it('lets a burst of a stranger in, then drops, blames and disconnects; honest traffic goes on meanwhile', async () => {
    const stream = await hostile.gossip()
    for (let n = 0; n < 1_000 && stream.status === 'open'; n++) stream.send(gossipOf({ type: 'gossip', n }))
    await expectHonestTraffic()
    await eventually('disconnected', () => !hostile.isConnected)
    const passed = received.get(victim)?.filter((word) => word.n < 1_000).length ?? 0
    expect(passed).toBeGreaterThan(0)
    // Burst 60 and 20 a second: what came before the disconnect.
    expect(passed).toBeLessThan(100)
  })

  it('drops requests beyond the budget of a stranger', async () => {
    const stream = await hostile.exchange()
    for (let id = 1; id <= 200 && stream.status === 'open'; id++) {
      stream.send(
        exchangeBytes({
          kind: 'request',
          id,
          timeoutMs: 5_000,
          body: wordCodec.encode({ type: 'request', n: id }),
        }),
      )
    }
    await eventually('disconnected', () => !hostile.isConnected)
    expect(
      received.get(victim)?.filter((word) => word.type === 'request' && word.n <= 200).length,
    ).toBeLessThan(40)
    await expectHonestTraffic()
  })
})

describe('bans', () => {
  it('bans at −50, refuses the next connection, and remembers it over a restart', async () => {
    const address = network.runtime(victim).addresses()[0] as string
    for (let i = 0; i < 5; i++) {
      if (!hostile.isConnected) await hostile.connect(address)
      const stream = await hostile.gossip()
      stream.send(gossipOf({ type: 'gossip', n: 100 + i, network: 'elsewhere' }))
      await eventually(`blamed ${i + 1} times`, () => balance() <= -9.9 * (i + 1))
      if (i >= 1) await eventually('disconnected', () => !hostile.isConnected)
    }
    expect(network.runtime(victim).ledger.banned(hostile.peerId)).toBe(true)
    expect(events.some((line) => line.startsWith(`${victim} penalty-ban`))).toBe(true)
    await expectRefused(address)
    await network.restart(victim)
    expect(network.runtime(victim).ledger.banned(hostile.peerId)).toBe(true)
    await expectRefused(address)
    await expectHonestTraffic()
  })

  /** The dialler may see the connection for the moment that the refusal takes. */
  async function expectRefused(address: string): Promise<void> {
    await hostile.connect(address).catch(() => undefined)
    await eventually('refused', () => !hostile.isConnected)
  }
})

/** The same map with the small integer 7 written in two bytes (0x18 0x07): decodes, but is not canonical. */
function nonMinimal(canonical: Uint8Array): Uint8Array {
  const at = canonical.lastIndexOf(7)
  return concat(canonical.subarray(0, at), Uint8Array.of(0x18, 7), canonical.subarray(at + 1))
}
