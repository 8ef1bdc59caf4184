// The abuse catalogue A5–A8 with real orders: what a stranger gossips to a host is refused by bytes, schema, domain,
// window or signature, and the stranger is blamed for it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSeededRng } from '@solvent/ports/testing'
import { asChainId, asHash32, asNodeId, decodeCanonical, encodeCanonical } from '@solvent/primitives'
import {
  createDoor,
  createSecp256k1Signer,
  createSecp256k1Verifier,
  type DomainEvent,
  decodeMessage,
  encodeMessage,
  type Message,
  type Order,
  orderDigest,
  privateKeyOf,
  type SignedOrder,
} from '@solvent/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHost } from './host.ts'
import type { Host } from './host-options.ts'
import { peerEntryOf } from './peer-table.ts'
import { exchangeBytes, gossipRpc, HostilePeer } from './testing/hostile-peer.ts'
import { GENESIS_MS, orderNetwork, SEED, signedOrder } from './testing/order-network.ts'
import { eventually, freePorts } from './testing/word-network.ts'

/** Order of the secp256k1 group (SEC 2, 2.4.1). */
const GROUP_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const user = asNodeId('user-1')
const { networkId } = orderNetwork

let directory: string
let host: Host
let hostile: HostilePeer
const events: DomainEvent[] = []
const accepted: bigint[] = []

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'solvent-order-abuse-'))
  const nodeId = asNodeId('victim')
  const [port] = (await freePorts(1)) as [number]
  const verifier = createSecp256k1Verifier()
  host = await createHost({
    nodeId,
    seed: SEED,
    spec: orderNetwork,
    clock: { genesisMs: GENESIS_MS, startedAtWallMs: Date.now(), acceleration: 1 },
    listenPort: port,
    peers: [await peerEntryOf(SEED, nodeId, port)],
    door: createDoor({ spec: orderNetwork, verifier }),
    codec: {
      encode: (message) => encodeMessage(networkId, message),
      decode: (bytes) => decodeMessage(networkId, bytes),
    },
    signer: createSecp256k1Signer(privateKeyOf(SEED, nodeId)),
    rng: createSeededRng('victim'),
    engines: [],
    directory,
    role: 'test',
    faults: [],
    onEvent: (_atMs, event) => events.push(event),
    onFatal: (error) =>
      events.push({ kind: 'fault', fault: String(error), target: 'victim', phase: 'begin' }),
    create: (ports) => ({
      start: () => ports.transport.subscribe('orders'),
      stop: () => undefined,
      onMessage: (inbound) => {
        if (inbound.via === 'gossip' && inbound.message.type === 'order')
          accepted.push(inbound.message.body.order.nonce)
        return 'accept'
      },
      onTimer: () => undefined,
      snapshot: () => new Uint8Array(0),
      restore: () => undefined,
    }),
  })
  await host.start()
})

afterAll(async () => {
  await host.stop(3_000)
  rmSync(directory, { recursive: true })
})

beforeEach(async () => {
  events.length = 0
  accepted.length = 0
  hostile = await HostilePeer.start()
  await hostile.connect(host.addresses()[0] as string)
})
afterEach(() => hostile.stop())

async function request(body: Uint8Array): Promise<void> {
  const stream = await hostile.exchange()
  stream.send(exchangeBytes({ kind: 'request', id: 1, timeoutMs: 1_000, body }))
}

async function gossip(data: Uint8Array): Promise<void> {
  const stream = await hostile.gossip()
  stream.send(gossipRpc([{ topic: 'orders', data }]))
}

const base = (n: number): SignedOrder => (signedOrder(user, n) as Extract<Message, { type: 'order' }>).body
const bytesOf = (body: SignedOrder): Uint8Array => encodeMessage(networkId, { type: 'order', body })

/** A changed order, signed again by its user. */
function resigned(n: number, change: Partial<Order>): SignedOrder {
  const order = { ...base(n).order, ...change }
  return { order, signature: createSecp256k1Signer(privateKeyOf(SEED, user)).sign(orderDigest(order)) }
}

/** The same signature with s reflected and v flipped: what viem would still accept. */
function malleated({ order, signature }: SignedOrder): SignedOrder {
  const s = GROUP_ORDER - BigInt(`0x${signature.slice(66, 130)}`)
  const v = signature.endsWith('1b') ? '1c' : '1b'
  return {
    order,
    signature: `${signature.slice(0, 66)}${s.toString(16).padStart(64, '0')}${v}` as SignedOrder['signature'],
  }
}

/** Past the encoder's own checks: the canonical bytes of a message with one field put in by hand. */
function withSignatureText(n: number, text: string): Uint8Array {
  const wire = structuredClone(decodeCanonical(bytesOf(base(n)))) as unknown
  const replace = (value: unknown): unknown => {
    if (typeof value === 'string') return value === base(n).signature ? text : value
    if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(replace)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner)]))
  }
  return encodeCanonical(replace(wire))
}

const genesis = GENESIS_MS / 1_000

const abuses: [string, () => Uint8Array][] = [
  [
    "A5: a signature of another user's key",
    () =>
      bytesOf({
        ...base(1),
        signature: createSecp256k1Signer(privateKeyOf(SEED, 'mallory')).sign(orderDigest(base(1).order)),
      }),
  ],
  [
    'A5: an altered amount under a good signature',
    () => bytesOf({ ...base(2), order: { ...base(2).order, input: { ...base(2).order.input, amount: 1n } } }),
  ],
  ['A5: the malleated twin of a good signature', () => withSignatureText(3, malleated(base(3)).signature)],
  ['A5: v of 29', () => withSignatureText(4, `${base(4).signature.slice(0, -2)}1d`)],
  ['A5: 64 bytes', () => withSignatureText(5, base(5).signature.slice(0, -2))],
  ['A5: no signature', () => withSignatureText(6, '0x')],
  [
    'A7: another network',
    () => encodeMessage(asHash32(`0x${'ab'.repeat(32)}`), { type: 'order', body: base(7) }),
  ],
  ['A7: another chain', () => bytesOf(resigned(8, { originChainId: asChainId(5) }))],
  ['A7: another settler', () => bytesOf(resigned(9, { originSettler: base(9).order.user }))],
  [
    'A8: expired long ago',
    () =>
      bytesOf(
        resigned(10, { openDeadline: genesis - 600, fillDeadline: genesis - 500, expires: genesis - 400 }),
      ),
  ],
  [
    'A8: deadlines the wrong way round',
    () => bytesOf(resigned(11, { openDeadline: genesis + 900, fillDeadline: genesis + 800 })),
  ],
  [
    'A8: far in the future',
    () =>
      bytesOf(
        resigned(12, {
          openDeadline: genesis + 10 ** 9,
          fillDeadline: genesis + 10 ** 9,
          expires: genesis + 10 ** 9,
        }),
      ),
  ],
]

/** What a node of a later version says: a good envelope around a type that is not known here. */
function ofNewerType(): Uint8Array {
  return encodeCanonical({ v: 1, net: networkId, type: 'order-2', body: { whatever: 1 } })
}

/** Penalties so far; the event log names at most twenty a second. */
const blamed = (): number =>
  (host.metrics().get('penalty.low') ?? 0) + (host.metrics().get('penalty.mid') ?? 0)

describe('orders of a stranger', () => {
  it('are accepted when they are good', async () => {
    await gossip(bytesOf(base(0)))
    await eventually('accepted', () => accepted.includes(0n))
    expect(events).toEqual([])
  })

  it.each(abuses)('%s', async (_what, make) => {
    const before = blamed()
    await gossip(make())
    await eventually('blamed', () => blamed() > before)
    expect(events.some((event) => event.kind === 'fault')).toBe(false)
    expect(accepted).toEqual([])
  })
  it.each(['gossip', 'request'] as const)(
    'A21: a %s of a type that only newer nodes know is ignored, and good orders of the same peer still pass',
    async (way) => {
      const metric = (name: string): number => host.metrics().get(name) ?? 0
      const before = { blamed: blamed(), ignored: metric('door.ignore'), rejected: metric('door.reject') }
      if (way === 'gossip') await gossip(ofNewerType())
      else await request(ofNewerType())
      await eventually('ignored', () => metric('door.ignore') === before.ignored + 1)
      const nonce = way === 'gossip' ? 20 : 21
      await gossip(bytesOf(base(nonce)))
      await eventually('accepted', () => accepted.includes(BigInt(nonce)))
      expect({ blamed: blamed(), rejected: metric('door.reject') }).toEqual({
        blamed: before.blamed,
        rejected: before.rejected,
      })
    },
  )
})
