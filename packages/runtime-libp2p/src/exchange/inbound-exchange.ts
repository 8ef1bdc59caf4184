// The incoming side of the exchange: frames of any peer, handed on with a way to answer each request once.
import type { Connection, Stream } from '@libp2p/interface'
import { withCorruptByte } from '../corrupt-byte.ts'
import type { Arrival } from '../traffic-filter.ts'
import { decodeFrame, type ExchangeFrame, encodeFrame, type Refusal } from './exchange-frame.ts'
import { FrameStream, SlowFrameError } from './frame-stream.ts'

/** A request waiting for its answer; the first answer counts, and none after the deadline. */
export interface PendingAnswer {
  readonly peerId: string
  reply(body: Uint8Array): void
  refuse(reason: Refusal): void
  readonly answered: boolean
}

export interface InboundExchangeOptions {
  readonly maxRequestBytes: number
  readonly maxReplyBytes: number
  readonly frameTimeoutMs: number
  /** Requests of one stream that may wait for an answer. */
  readonly unanswered: number
  /** Source gate: whether the frame comes in (ban, budget, faults) and when. */
  readonly gate: (peerId: string, bytes: number) => Arrival
  readonly maySend: (peerId: string) => boolean
  readonly onDirect: (peerId: string, body: Uint8Array) => void
  readonly onRequest: (body: Uint8Array, answer: PendingAnswer) => void
  readonly onMalformed: (peerId: string, reason: string) => void
  /** More requests under way than a peer may have. */
  readonly onFlood: (peerId: string) => void
}

/** Serves the exchange protocol; `handle` is registered with libp2p. */
export class InboundExchange {
  readonly #options: InboundExchangeOptions
  readonly #streams = new Set<FrameStream>()

  constructor(options: InboundExchangeOptions) {
    this.#options = options
  }

  handle(stream: Stream, connection: Connection): void {
    const peerId = connection.remotePeer.toString()
    const open = new Map<number, Answer>()
    const frames = new FrameStream(stream, {
      maxBodyBytes: this.#options.maxRequestBytes,
      frameTimeoutMs: this.#options.frameTimeoutMs,
      maxWaitingBytes: 8 * 1024 * 1024,
      onFrame: (bytes) => this.#receive(peerId, frames, open, bytes),
      onEnd: (error) => {
        this.#streams.delete(frames)
        for (const answer of open.values()) answer.abandon()
        const reason = error === null ? null : blameableReason(error)
        if (reason !== null) this.#options.onMalformed(peerId, reason)
      },
    })
    this.#streams.add(frames)
  }

  close(): void {
    for (const frames of this.#streams) frames.close()
  }

  #receive(peerId: string, frames: FrameStream, open: Map<number, Answer>, bytes: Uint8Array): void {
    const arrival = this.#options.gate(peerId, bytes.length)
    if (!arrival.pass) return
    const arrived = arrival.isCorrupt === true ? withCorruptByte(bytes) : bytes
    const read = () => this.#read(peerId, frames, open, arrived)
    if (arrival.delayMs > 0) setTimeout(read, arrival.delayMs)
    else read()
  }

  #read(peerId: string, frames: FrameStream, open: Map<number, Answer>, bytes: Uint8Array): void {
    let frame: ExchangeFrame
    try {
      frame = decodeFrame(bytes)
    } catch {
      this.#options.onMalformed(peerId, 'malformed-frame')
      return
    }
    if (frame.kind === 'direct') return this.#options.onDirect(peerId, frame.body)
    if (frame.kind !== 'request' || open.has(frame.id))
      return this.#options.onMalformed(peerId, 'unexpected-frame')
    if (open.size >= this.#options.unanswered) {
      frames.send(encodeFrame({ kind: 'refusal', id: frame.id, reason: 'refused' }))
      return this.#options.onFlood(peerId)
    }
    const { id, timeoutMs } = frame
    const { maxReplyBytes } = this.#options
    const answer = new Answer(peerId, maxReplyBytes, timeoutMs, (reply) => {
      open.delete(id)
      if (reply !== null && this.#options.maySend(peerId)) frames.send(encodeFrame({ id, ...reply }))
    })
    open.set(id, answer)
    this.#options.onRequest(frame.body, answer)
  }
}

type Outcome =
  | { readonly kind: 'reply'; readonly body: Uint8Array }
  | { readonly kind: 'refusal'; readonly reason: Refusal }

/** Ends once: by a reply, a refusal, its deadline, or the end of the stream. */
class Answer implements PendingAnswer {
  readonly peerId: string
  readonly #maxReplyBytes: number
  readonly #timer: NodeJS.Timeout
  #done: ((outcome: Outcome | null) => void) | null

  constructor(
    peerId: string,
    maxReplyBytes: number,
    timeoutMs: number,
    done: (outcome: Outcome | null) => void,
  ) {
    this.peerId = peerId
    this.#maxReplyBytes = maxReplyBytes
    this.#done = done
    this.#timer = setTimeout(() => this.#end(null), Math.min(timeoutMs, LONGEST_DEADLINE_MS))
    this.#timer.unref()
  }

  get answered(): boolean {
    return this.#done === null
  }

  reply(body: Uint8Array): void {
    if (body.length > this.#maxReplyBytes) this.refuse('too-large')
    else this.#end({ kind: 'reply', body })
  }

  refuse(reason: Refusal): void {
    this.#end({ kind: 'refusal', reason })
  }

  abandon(): void {
    this.#end(null)
  }

  #end(outcome: Outcome | null): void {
    clearTimeout(this.#timer)
    const done = this.#done
    this.#done = null
    done?.(outcome)
  }
}

const LONGEST_DEADLINE_MS = 600_000

/** What an honest peer never does; a broken connection is nobody's fault. */
function blameableReason(error: Error): string | null {
  if (error instanceof SlowFrameError) return 'slow-frame'
  if (error.name === 'InvalidDataLengthError') return 'oversize-frame'
  if (error.name === 'InvalidDataLengthLengthError' || error.name === 'InvalidMessageLengthError')
    return 'bad-length'
  return null
}
