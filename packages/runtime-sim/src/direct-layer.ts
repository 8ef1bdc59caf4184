// Direct messages and requests in virtual time. A request ends in exactly one reply or failure at its asker.
import type { EventId, HandlerId, Kernel } from '@solvent/kernel'
import type { ReplyToken, RequestFailure, RequestId, Vocabulary } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import type { Entrance, Parcel } from './entrance.ts'
import { NODE_PRIORITY } from './priorities.ts'
import type { SimHost } from './sim-host.ts'
import { LOST, type Wire } from './wire.ts'

/** A request from its asking to its end. */
interface Pending {
  readonly id: RequestId
  readonly asker: number
  /** The asker's life in which it asked. */
  readonly life: number
  /** -1 when the peer is unknown. */
  readonly to: number
  isOver: boolean
  timeout: EventId | null
}

interface Token {
  readonly pending: Pending
  isUsed: boolean
}

export interface DirectParts<V extends Vocabulary> {
  readonly kernel: Kernel
  readonly wire: Wire
  readonly hosts: readonly SimHost<V>[]
  readonly indexOf: (id: NodeId) => number | undefined
  readonly entrance: Entrance<V>
  readonly doorMs: number
  /** The size of what is carried; of a notice, which has no body, undefined is given. */
  readonly bytesOf: (body: V['message'] | Uint8Array | undefined) => number
}

/** What an event of this layer carries. */
interface Carried<V extends Vocabulary> {
  readonly pending: Pending
  readonly parcel: Parcel<V>
}

/** Events name the receiver and the sender, so that the trace digest knows them. */
export class DirectLayer<V extends Vocabulary> {
  readonly #parts: DirectParts<V>
  readonly #onSend: HandlerId
  readonly #onAsk: HandlerId
  readonly #onAnswer: HandlerId
  readonly #onFail: HandlerId
  /** By reason: a failure on its way over the wire. */
  readonly #onNotice: ReadonlyMap<RequestFailure, HandlerId>
  /** Messages, requests and replies that arrived at nodes that were up. */
  transmissions = 0

  constructor(parts: DirectParts<V>) {
    this.#parts = parts
    this.#onSend = this.#arrival((to, from, payload) => this.#send(to, from, payload as Parcel<V>))
    this.#onAsk = this.#arrival((_to, _from, payload) => this.#ask(payload as Carried<V>))
    this.#onAnswer = this.#arrival((_to, _from, payload) => this.#answer(payload as Carried<V>))
    this.#onFail = this.#local((payload) => this.#fail(payload as Pending, 'timeout'))
    this.#onNotice = new Map(
      (['unreachable', 'refused', 'too-large'] as const).map((reason) => [
        reason,
        this.#arrival((_to, _from, payload) => this.#fail(payload as Pending, reason)),
      ]),
    )
  }

  send(from: number, to: NodeId, parcel: Parcel<V>): void {
    const target = this.#parts.indexOf(to)
    if (target === undefined) return
    this.#parts.wire.dial(from, target)
    this.#carry(from, target, this.#onSend, parcel)
  }

  request(from: number, to: NodeId, parcel: Parcel<V>, timeoutMs: number): RequestId {
    const target = this.#parts.indexOf(to)
    if (target !== undefined) this.#parts.wire.dial(from, target)
    if (target === undefined || this.#parts.wire.isRefused(from, target))
      return this.refuse(from, 'unreachable')
    const pending = this.#open(from, target)
    pending.timeout = this.#parts.kernel.after(timeoutMs, NODE_PRIORITY, this.#onFail, from, target, pending)
    this.#carry(from, target, this.#onAsk, { pending, parcel })
    return pending.id
  }

  /** Fails a request without sending it, after the handler that asked. */
  refuse(from: number, reason: 'unreachable' | 'too-large'): RequestId {
    const pending = this.#open(from, -1)
    this.#parts.kernel.after(0, NODE_PRIORITY, this.#onNotice.get(reason)!, from, from, pending)
    return pending.id
  }

  reply(replyTo: ReplyToken, parcel: Parcel<V>): void {
    const pending = take(replyTo)
    if (pending !== null) this.#carry(pending.to, pending.asker, this.#onAnswer, { pending, parcel })
  }

  /** There will be no answer: the asker is told why. */
  cannotReply(replyTo: ReplyToken, reason: 'refused' | 'too-large'): void {
    const pending = take(replyTo)
    if (pending !== null) this.#notify(pending, reason)
  }

  #open(asker: number, to: number): Pending {
    const host = this.#parts.hosts[asker]!
    const id = ++host.lastRequest as RequestId
    return { id, asker, life: host.life, to, isOver: false, timeout: null }
  }

  #notify(pending: Pending, reason: 'unreachable' | 'refused' | 'too-large'): void {
    this.#carry(pending.to, pending.asker, this.#onNotice.get(reason)!, pending)
  }

  #carry(from: number, to: number, handler: HandlerId, payload: unknown): void {
    const { wire, kernel, doorMs } = this.#parts
    const latencyMs = wire.latencyMs(from, to, () => this.#parts.bytesOf(parcelOf(payload)))
    if (latencyMs !== LOST) kernel.after(latencyMs + doorMs, NODE_PRIORITY, handler, to, from, payload)
  }

  /** A handler for what comes over the wire: lost when the link is cut by now, late when the node is suspended. */
  #arrival(run: (to: number, from: number, payload: unknown) => void): HandlerId {
    const { kernel, wire, hosts } = this.#parts
    return kernel.handler((to, from, payload) => {
      if (wire.isCut(from, to)) return
      const host = hosts[to]!
      if (host.isSuspended) host.whenAwake(() => run(to, from, payload))
      else run(to, from, payload)
    })
  }

  #local(run: (payload: unknown) => void): HandlerId {
    const { kernel, hosts } = this.#parts
    return kernel.handler((node, _b, payload) => hosts[node]!.whenAwake(() => run(payload)))
  }

  #send(to: number, from: number, parcel: Parcel<V>): void {
    const { hosts, entrance } = this.#parts
    const host = hosts[to]!
    if (!host.isUp) return
    this.transmissions++
    entrance.parcel(parcel, hosts[from]!.id, host, { via: 'direct' })
  }

  #ask({ pending, parcel }: Carried<V>): void {
    const { hosts, entrance } = this.#parts
    const host = hosts[pending.to]!
    if (!host.isUp) {
      this.#notify(pending, 'unreachable')
      return
    }
    this.transmissions++
    const token: Token = { pending, isUsed: false }
    const replyTo = token as unknown as ReplyToken
    const asker = hosts[pending.asker]!.id
    const { verdict } = entrance.parcel(parcel, asker, host, { via: 'request', replyTo })
    if (verdict !== 'accept') this.cannotReply(replyTo, 'refused')
  }

  #answer({ pending, parcel }: Carried<V>): void {
    if (!this.#end(pending)) return
    const { hosts, entrance } = this.#parts
    this.transmissions++
    const host = hosts[pending.asker]!
    const way = { via: 'reply', request: pending.id } as const
    const { reached } = entrance.parcel(parcel, hosts[pending.to]!.id, host, way)
    // The door kept the reply from the node, which still waits for an ending.
    if (!reached) host.message({ via: 'failure', request: pending.id, reason: 'refused' })
  }

  #fail(pending: Pending, reason: RequestFailure): void {
    if (!this.#end(pending)) return
    this.#parts.hosts[pending.asker]!.message({ via: 'failure', request: pending.id, reason })
  }

  /** True the first time, while the asker lives the life in which it asked. */
  #end(pending: Pending): boolean {
    if (pending.isOver) return false
    pending.isOver = true
    if (pending.timeout !== null) this.#parts.kernel.cancel(pending.timeout)
    const host = this.#parts.hosts[pending.asker]!
    return host.isUp && host.life === pending.life
  }
}

/** The request that a token answers, the first time. */
function take(replyTo: ReplyToken): Pending | null {
  const token = replyTo as unknown as Token
  if (token.isUsed) return null
  token.isUsed = true
  return token.pending
}

/** The body of what an event carries: a parcel, a parcel with its request, or a request alone, which has none. */
function parcelOf<V extends Vocabulary>(payload: unknown): V['message'] | Uint8Array | undefined {
  const { parcel, body } = payload as { readonly parcel?: Parcel<V>; readonly body?: Parcel<V>['body'] }
  return parcel?.body ?? body
}
