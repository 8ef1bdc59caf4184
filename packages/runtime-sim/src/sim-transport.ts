// The transport port of one node: packs what it says and hands it to gossip or to the direct layer.
import type { TraceDigest } from '@solvent/kernel'
import type { ReplyToken, RequestId, Transport, Vocabulary } from '@solvent/ports'
import { hash32OfValue, type NodeId } from '@solvent/primitives'
import type { DirectLayer } from './direct-layer.ts'
import type { Entrance, Parcel } from './entrance.ts'
import type { GossipLayer } from './gossip-layer.ts'
import type { Codec, Observers } from './options.ts'
import type { SimHost } from './sim-host.ts'

export interface TransportParts<V extends Vocabulary> {
  readonly now: () => number
  readonly gossip: GossipLayer<V>
  readonly direct: DirectLayer<V>
  readonly entrance: Entrance<V>
  readonly codec: Codec<V> | undefined
  /** Takes every message's content once, when it is said. */
  readonly digest: TraceDigest | undefined
  readonly contentWord: ((message: V['message']) => number) | undefined
  readonly observers: Observers<V>
}

export class SimTransport<V extends Vocabulary> implements Transport<V> {
  readonly self: NodeId
  readonly #parts: TransportParts<V>
  readonly #host: SimHost<V>

  constructor(parts: TransportParts<V>, host: SimHost<V>) {
    this.#parts = parts
    this.#host = host
    this.self = host.id
  }

  send(to: NodeId, message: V['message']): void {
    const parcel = this.#pack(message)
    if (parcel !== null) this.#parts.direct.send(this.#host.index, to, parcel)
  }

  request(to: NodeId, message: V['message'], timeoutMs: number): RequestId {
    const { direct } = this.#parts
    const parcel = this.#pack(message)
    if (parcel === null) return direct.refuse(this.#host.index, 'too-large')
    return direct.request(this.#host.index, to, parcel, timeoutMs)
  }

  reply(token: ReplyToken, message: V['message']): void {
    const parcel = this.#pack(message)
    if (parcel === null) this.#parts.direct.cannotReply(token, 'too-large')
    else this.#parts.direct.reply(token, parcel)
  }

  /** The message is decoded once, for all nodes. */
  publish(topic: V['topic'], message: V['message']): void {
    const { gossip, entrance, digest } = this.#parts
    const parcel = this.#pack(message)
    if (parcel === null) return
    const mesh = gossip.topic(topic)
    digest?.mixWord(mesh.ordinal)
    gossip.publish(this.#host.index, mesh, entrance.decode(parcel.body))
  }

  subscribe(topic: V['topic']): void {
    this.#parts.gossip.topic(topic).join(this.#host.index)
  }

  /** Null when the frame is too large. */
  #pack(message: V['message']): Parcel<V> | null {
    const { digest, contentWord = hash32OfValue, codec, now, observers } = this.#parts
    digest?.mixWord(contentWord(message))
    if (codec === undefined) return { body: message, sentAtMs: now() }
    const body = codec.encode(message)
    if (body.length <= codec.maxBytes) return { body, sentAtMs: now() }
    observers.onRefusal?.(now(), this.self, this.self, 'reject', 'too-large', '')
    return null
  }
}
