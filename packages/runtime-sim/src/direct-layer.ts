// Direct messages and requests in virtual time. A request ends in exactly one reply or failure at its asker.
import type { NodeId } from '@solvent/primitives'
import type { EventId, HandlerId, Kernel } from '@solvent/kernel'
import type { ReplyToken, RequestFailure, RequestId, Verdict, Vocabulary } from '@solvent/ports'
import type { SimHost } from './sim-host.ts'
import { LOST, type Wire } from './wire.ts'

const NODE_PRIORITY = 1

/** A message on its way, as the codec made it: `body` is an object, or bytes that the receiver decodes. */
export interface Parcel<V extends Vocabulary> {
  readonly body: V['message'] | Uint8Array
  readonly sentAtMs: number
}

interface Pending {
  readonly id: RequestId
  readonly asker: number
  readonly life: number
  readonly to: number
  timeout: EventId | null
}

interface Token {
  readonly pending: Pending
  readonly answerer: number
  isUsed: boolean
}

type Step<V extends Vocabulary> =
  | { readonly kind: 'send'; readonly from: number; readonly to: number; readonly parcel: Parcel<V> }
  | { readonly kind: 'ask'; readonly pending: Pending; readonly parcel: Parcel<V> }
  | { readonly kind: 'answer'; readonly pending: Pending; readonly parcel: Parcel<V> }
  | { readonly kind: 'fail'; readonly pending: Pending; readonly reason: RequestFailure }

export interface DirectParts<V extends Vocabulary> {
  readonly kernel: Kernel
  readonly wire: Wire
  readonly hosts: readonly SimHost<V>[]
  readonly indexOf: (id: NodeId) => number | undefined
  readonly doorMs: number
  /** Shows a message to a node: decodes, checks at the door, calls the handler. */
  readonly deliver: (
    to: number,
    from: NodeId,
    parcel: Parcel<V>,
    way: { via: 'direct' } | { via: 'request'; replyTo: ReplyToken } | { via: 'reply'; request: RequestId },
  ) => Verdict
  /** Tells a node that its request failed. */
  readonly fail: (asker: number, request: RequestId, reason: RequestFailure) => void
}

export class DirectLayer<V extends Vocabulary> {
  readonly #parts: DirectParts<V>
  readonly #step: HandlerId
  #nextRequest = 1
  transmissions = 0

  constructor(parts: DirectParts<V>) {
    this.#parts = parts
    this.#step = parts.kernel.handler((_a, _b, payload) => this.#run(payload as Step<V>))
  }

  send(from: number, to: NodeId, parcel: Parcel<V>): void {
    const target = this.#parts.indexOf(to)
    if (target === undefined) return
    this.#carry(from, target, { kind: 'send', from, to: target, parcel })
  }

  request(from: number, to: NodeId, parcel: Parcel<V>, timeoutMs: number): RequestId {
    const id = this.#nextRequest++ as RequestId
    const target = this.#parts.indexOf(to)
    const pending: Pending = { id, asker: from, life: this.#parts.hosts[from]!.life, to: target ?? -1, timeout: null }
    if (target === undefined) {
      this.#schedule(0, { kind: 'fail', pending, reason: 'unreachable' })
      return id
    }
    pending.timeout = this.#schedule(timeoutMs, { kind: 'fail', pending, reason: 'timeout' })
    this.#carry(from, target, { kind: 'ask', pending, parcel })
    return id
  }

  /** Fails a request at once without sending it (a frame that is too large). */
  refuse(from: number, reason: RequestFailure): RequestId {
    const id = this.#nextRequest++ as RequestId
    const pending: Pending = { id, asker: from, life: this.#parts.hosts[from]!.life, to: -1, timeout: null }
    this.#schedule(0, { kind: 'fail', pending, reason })
    return id
  }

  reply(replyTo: ReplyToken, parcel: Parcel<V>): void {
    const token = replyTo as unknown as Token
    if (token.isUsed) return
    token.isUsed = true
    this.#carry(token.answerer, token.pending.asker, { kind: 'answer', pending: token.pending, parcel })
  }

  /** The answer cannot travel (a frame that is too large): the asker is told. */
  cannotReply(replyTo: ReplyToken, reason: RequestFailure): void {
    const token = replyTo as unknown as Token
    if (token.isUsed) return
    token.isUsed = true
    this.#carry(token.answerer, token.pending.asker, { kind: 'fail', pending: token.pending, reason })
  }

  /** Whose request a token answers. */
  askerOf(replyTo: ReplyToken): number {
    return (replyTo as unknown as Token).pending.asker
  }

  #carry(from: number, to: number, step: Step<V>): void {
    const latencyMs = this.#parts.wire.latencyMs(from, to)
    if (latencyMs === LOST) return
    this.#schedule(latencyMs + this.#parts.doorMs, step)
  }

  #schedule(delayMs: number, step: Step<V>): EventId {
    return this.#parts.kernel.after(delayMs, NODE_PRIORITY, this.#step, 0, 0, step)
  }

  #run(step: Step<V>): void {
    const target = step.kind === 'send' ? step.to : step.kind === 'ask' ? step.pending.to : step.pending.asker
    const host = this.#parts.hosts[target]!
    if (host.isSuspended) {
      host.whenAwake(() => this.#run(step))
      return
    }
    switch (step.kind) {
      case 'send':
        this.transmissions += 1
        if (host.isUp) this.#parts.deliver(step.to, this.#parts.hosts[step.from]!.id, step.parcel, { via: 'direct' })
        break
      case 'ask':
        this.transmissions += 1
        this.#ask(step.pending, step.parcel, host)
        break
      case 'answer':
        this.transmissions += 1
        if (this.#settle(step.pending)) {
          const from = this.#parts.hosts[step.pending.to]!.id
          const verdict = this.#parts.deliver(step.pending.asker, from, step.parcel, { via: 'reply', request: step.pending.id })
          if (verdict !== 'accept' && verdict !== 'ignore') this.#parts.fail(step.pending.asker, step.pending.id, 'refused')
        }
        break
      case 'fail':
        if (this.#settle(step.pending)) this.#parts.fail(step.pending.asker, step.pending.id, step.reason)
    }
  }

  #ask(pending: Pending, parcel: Parcel<V>, host: SimHost<V>): void {
    if (!host.isUp) {
      this.#carry(pending.to, pending.asker, { kind: 'fail', pending, reason: 'unreachable' })
      return
    }
    const token: Token = { pending, answerer: pending.to, isUsed: false }
    const from = this.#parts.hosts[pending.asker]!.id
    const verdict = this.#parts.deliver(pending.to, from, parcel, { via: 'request', replyTo: token as unknown as ReplyToken })
    if (verdict !== 'accept' && !token.isUsed) this.cannotReply(token as unknown as ReplyToken, 'refused')
  }

  /** True the first time, while the asker still lives the life in which it asked. */
  #settle(pending: Pending): boolean {
    if (pending.timeout === null && pending.to !== -1) return false
    if (pending.timeout !== null) this.#parts.kernel.cancel(pending.timeout)
    pending.timeout = null
    const host = this.#parts.hosts[pending.asker]!
    return host.isUp && host.life === pending.life
  }
}
