// A peer that keeps no rule: it speaks noise and yamux like everyone, and then writes whatever bytes a test wants
// on the streams of the exchange and of gossipsub. Only for loopback, bounded, stopped by its test.
import { generateKeyPair } from '@libp2p/crypto/keys'
import { type PrivateKey, type Stream, stop } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { EXCHANGE_PROTOCOL, type ExchangeFrame, encodeFrame } from '../exchange/exchange-frame.ts'
import { createLibp2pNode, type Libp2pNode } from '../libp2p-node.ts'
import { oneMachineLimits } from '../profile.ts'

const GOSSIP_PROTOCOL = '/meshsub/1.1.0'

/** One hostile peer, connected to one victim at a time. */
export class HostilePeer {
  readonly #libp2p: Libp2pNode
  #victim = ''

  private constructor(libp2p: Libp2pNode) {
    this.#libp2p = libp2p
  }

  /** A stranger with a fresh key, or a member of the network gone bad when its key is given. */
  static async start(key?: PrivateKey): Promise<HostilePeer> {
    const libp2p = await createLibp2pNode({
      key: key ?? (await generateKeyPair('Ed25519')),
      listen: [],
      topics: [],
      limits: oneMachineLimits,
      gater: { denyDialMultiaddr: () => false },
    })
    await libp2p.start()
    // Its own gossipsub would open a stream that takes the place of the raw one.
    await stop(libp2p.services.pubsub)
    return new HostilePeer(libp2p)
  }

  get peerId(): string {
    return this.#libp2p.peerId.toString()
  }

  /** Multiaddr with PeerId. Rejects when the victim's gater refuses. */
  async connect(address: string): Promise<void> {
    this.#victim = address
    await this.#libp2p.dial(multiaddr(address), { signal: AbortSignal.timeout(3_000) })
  }

  get isConnected(): boolean {
    return this.#libp2p.getConnections().some((connection) => connection.status === 'open')
  }

  /** A raw stream of the exchange protocol. */
  exchange(): Promise<Stream> {
    return this.#open(EXCHANGE_PROTOCOL)
  }

  /** A raw stream of gossipsub. */
  gossip(): Promise<Stream> {
    return this.#open(GOSSIP_PROTOCOL)
  }

  async stop(): Promise<void> {
    await this.#libp2p.stop()
  }

  #open(protocol: string): Promise<Stream> {
    return this.#libp2p.dialProtocol(multiaddr(this.#victim), protocol, {
      signal: AbortSignal.timeout(3_000),
    })
  }
}

/** An unsigned varint (LEB128). */
export function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = []
  for (let rest = BigInt(value); ; rest >>= 7n) {
    const low = Number(rest & 0x7fn)
    if (rest < 0x80n) return Uint8Array.from([...bytes, low])
    bytes.push(low | 0x80)
  }
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** A frame of the exchange with its length in front. */
export function exchangeBytes(frame: ExchangeFrame): Uint8Array {
  return lengthPrefixed(encodeFrame(frame))
}

export function lengthPrefixed(bytes: Uint8Array): Uint8Array {
  return concat(varint(bytes.length), bytes)
}

export interface RawGossip {
  readonly topic: string
  readonly data: Uint8Array
  /** Fields that StrictNoSign forbids. */
  readonly from?: Uint8Array
  readonly seqno?: Uint8Array
}

/** A gossipsub RPC (protobuf: publish is field 2 of RPC; from 1, data 2, seqno 3, topic 4 of Message), with its length. */
export function gossipRpc(messages: readonly RawGossip[]): Uint8Array {
  return lengthPrefixed(concat(...messages.map((message) => field(2, gossipMessage(message)))))
}

/** An RPC that subscribes to topics (field 1: subscribe 1, topic 2). */
export function subscriptionRpc(topics: readonly string[]): Uint8Array {
  const one = (topic: string): Uint8Array =>
    field(1, concat(Uint8Array.of(0x08, 0x01), field(2, Buffer.from(topic))))
  return lengthPrefixed(concat(...topics.map(one)))
}

function gossipMessage({ topic, data, from, seqno }: RawGossip): Uint8Array {
  return concat(
    from === undefined ? new Uint8Array(0) : field(1, from),
    field(2, data),
    seqno === undefined ? new Uint8Array(0) : field(3, seqno),
    field(4, Buffer.from(topic)),
  )
}

function field(number: number, bytes: Uint8Array): Uint8Array {
  return concat(varint((number << 3) | 2), varint(bytes.length), bytes)
}
