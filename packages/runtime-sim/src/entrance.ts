// What stands between the wire and a node: the codec, the door, the handler, and who hears of refusals.
import type { Inbound, ReplyToken, RequestId, Verdict, Vocabulary } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import type { Flood } from './flood-table.ts'
import type { Codec, Door, DoorResult, Observers } from './options.ts'
import type { SimHost } from './sim-host.ts'

/** A message on its way, as the codec made it: `body` is an object, or bytes that the receiver decodes. */
export interface Parcel<V extends Vocabulary> {
  readonly body: V['message'] | Uint8Array
  readonly sentAtMs: number
}

/** How a parcel comes to its node. */
export type Way =
  | { readonly via: 'direct' }
  | { readonly via: 'request'; readonly replyTo: ReplyToken }
  | { readonly via: 'reply'; readonly request: RequestId }

export interface EntranceParts<V extends Vocabulary> {
  readonly now: () => number
  readonly minLatencyMs: number
  readonly codec: Codec<V> | undefined
  readonly door: Door<V> | undefined
  readonly observers: Observers<V>
}

export class Entrance<V extends Vocabulary> {
  readonly #parts: EntranceParts<V>

  constructor(parts: EntranceParts<V>) {
    this.#parts = parts
  }

  /** Shows a node the first copy of a published message. */
  gossip(flood: Flood<V>, from: SimHost<V>, to: SimHost<V>): Verdict {
    const { message } = flood
    const atDoor = this.#atDoorOf(flood, to)
    if (atDoor !== 'accept') return this.#refuse(to, from.id, flood.topic.name, atDoor)
    const { observers, now, minLatencyMs } = this.#parts
    observers.onDelivery?.(flood.publishedAtMs, now(), minLatencyMs)
    const verdict = to.message({ via: 'gossip', topic: flood.topic.name, from: from.id, message })
    return verdict === 'accept' ? verdict : this.#refuse(to, from.id, flood.topic.name, verdict)
  }

  /** Shows a node a parcel; `reached` says whether it came past the door. */
  parcel(parcel: Parcel<V>, from: NodeId, to: SimHost<V>, way: Way): { reached: boolean; verdict: Verdict } {
    const { observers, now, minLatencyMs } = this.#parts
    const message = this.decode(parcel.body)
    const atDoor = this.#atDoor(message, to)
    if (atDoor !== 'accept') return { reached: false, verdict: this.#refuse(to, from, way.via, atDoor) }
    observers.onDelivery?.(parcel.sentAtMs, now(), minLatencyMs)
    const verdict = to.message({ ...way, from, message } as Inbound<V>)
    return {
      reached: true,
      verdict: verdict === 'accept' ? verdict : this.#refuse(to, from, way.via, verdict),
    }
  }

  decode(body: V['message'] | Uint8Array): V['message'] {
    const { codec } = this.#parts
    return codec === undefined ? (body as V['message']) : codec.decode(body as Uint8Array)
  }

  #atDoor(message: V['message'], host: SimHost<V>): Verdict {
    const { door } = this.#parts
    return door === undefined ? 'accept' : verdictOf(door.check(message, host.nowMs()))
  }

  /** Signatures are the same for every node: they are checked where the flood first comes in time. */
  #atDoorOf(flood: Flood<V>, host: SimHost<V>): Verdict {
    const { door } = this.#parts
    if (door?.precheck === undefined) return this.#atDoor(flood.message, host)
    const early = door.precheck(flood.message, host.nowMs())
    if (!early.ok) return verdictOf(early)
    flood.verdict ??= this.#atDoor(flood.message, host)
    return flood.verdict
  }

  #refuse(to: SimHost<V>, from: NodeId, lane: string, verdict: Exclude<Verdict, 'accept'>): Verdict {
    const { observers, now } = this.#parts
    if (verdict === 'ignore') observers.onRefusal?.(now(), to.id, from, 'ignore', '', lane)
    else observers.onRefusal?.(now(), to.id, from, 'reject', verdict.reject, lane)
    return verdict
  }
}

function verdictOf(result: DoorResult): Verdict {
  if (result.ok) return 'accept'
  return result.verdict === 'ignore' ? 'ignore' : { reject: result.reason }
}
