// One peer's outgoing side of the exchange: a stream that is opened when it is needed, requests under way matched
// by id, a bounded queue behind them, and a jittered back-off after a failed dial.

import type { Stream } from '@libp2p/interface'
import type { RequestFailure } from '@solvent/ports'
import { withCorruptByte } from '../corrupt-byte.ts'
import type { Arrival } from '../traffic-filter.ts'
import { decodeFrame, encodeFrame } from './exchange-frame.ts'
import { FrameStream } from './frame-stream.ts'

const FIRST_BACKOFF_MS = 50
const LONGEST_BACKOFF_MS = 2_000

export interface OutboundLinkOptions {
  /** Opens a stream of the exchange protocol to the peer, dialling if need be. */
  readonly open: () => Promise<Stream>
  readonly maxReplyBytes: number
  readonly frameTimeoutMs: number
  readonly inFlight: number
  readonly waiting: number
  /** Whether a frame from the peer may come in, and when (faults). */
  readonly arrival: (bytes: number) => Arrival
  /** The peer sent what is no frame. */
  readonly onMalformed: (reason: string) => void
}

export type RequestEnd =
  | { readonly kind: 'reply'; readonly body: Uint8Array }
  | { readonly kind: 'failure'; readonly reason: RequestFailure }

interface Pending {
  readonly body: Uint8Array
  readonly deadlineMs: number
  readonly onEnd: (end: RequestEnd) => void
  readonly timer: NodeJS.Timeout
  sent: boolean
}

/** Asks one peer. Every request ends exactly once. */
export class OutboundLink {
  readonly #options: OutboundLinkOptions
  readonly #pending = new Map<number, Pending>()
  readonly #queue: number[] = []
  #directs: Uint8Array[] = []
  #lastId = 0
  #underWay = 0
  #frames: FrameStream | null = null
  #opening = false
  #failures = 0
  #retryAtMs = 0
  #closed = false

  constructor(options: OutboundLinkOptions) {
    this.#options = options
  }

  /** `timeoutMs` in wall time; `onEnd` comes from the event loop, never from within this call. */
  request(body: Uint8Array, timeoutMs: number, onEnd: (end: RequestEnd) => void): void {
    this.#lastId = (this.#lastId % 0xffffffff) + 1
    const id = this.#lastId
    const timer = setTimeout(() => this.#end(id, { kind: 'failure', reason: 'timeout' }), timeoutMs)
    this.#pending.set(id, { body, deadlineMs: Date.now() + timeoutMs, onEnd, timer, sent: false })
    // Beyond the bound it is not sent and runs into its time-out.
    if (this.#queue.length < this.#options.waiting) this.#queue.push(id)
    setImmediate(() => this.#advance())
  }

  /** Fire and forget. */
  direct(body: Uint8Array): void {
    if (this.#directs.length < this.#options.waiting) this.#directs.push(body)
    setImmediate(() => this.#advance())
  }

  /** Ends everything as `closed`; nothing may be asked afterwards. */
  close(): void {
    this.#closed = true
    this.#frames?.close()
    for (const id of [...this.#pending.keys()]) this.#end(id, { kind: 'failure', reason: 'closed' })
  }

  #advance(): void {
    if (this.#closed || (this.#queue.length === 0 && this.#directs.length === 0)) return
    if (this.#frames === null) return this.#connect()
    for (const body of this.#directs) this.#frames.send(encodeFrame({ kind: 'direct', body }))
    this.#directs = []
    while (this.#frames !== null && this.#underWay < this.#options.inFlight && this.#queue.length > 0) {
      const id = this.#queue.shift() as number
      const pending = this.#pending.get(id)
      if (pending !== undefined) this.#transmit(this.#frames, id, pending)
    }
  }

  #transmit(frames: FrameStream, id: number, pending: Pending): void {
    const timeoutMs = Math.max(1, pending.deadlineMs - Date.now())
    pending.sent = true
    this.#underWay++
    if (!frames.send(encodeFrame({ kind: 'request', id, timeoutMs, body: pending.body }))) {
      this.#end(id, { kind: 'failure', reason: 'closed' })
    }
  }

  #connect(): void {
    if (this.#opening) return
    if (Date.now() < this.#retryAtMs) return this.#failAll('unreachable')
    this.#opening = true
    this.#options.open().then(
      (stream) => {
        this.#opening = false
        this.#failures = 0
        if (this.#closed) return stream.abort(new Error('The node is stopping.'))
        this.#attach(stream)
        this.#advance()
      },
      (error: unknown) => {
        this.#opening = false
        const refused = error instanceof Error && error.name === 'UnsupportedProtocolError'
        if (!refused) this.#backOff()
        this.#failAll(refused ? 'refused' : 'unreachable')
      },
    )
  }

  #attach(stream: Stream): void {
    const frames = new FrameStream(stream, {
      maxBodyBytes: this.#options.maxReplyBytes,
      frameTimeoutMs: this.#options.frameTimeoutMs,
      maxWaitingBytes: 4 * 1024 * 1024,
      onFrame: (bytes) => this.#receive(bytes),
      onEnd: (error) => {
        if (this.#frames === frames) this.#frames = null
        const tooLarge = error?.name === 'InvalidDataLengthError'
        if (tooLarge) this.#options.onMalformed('oversize-reply')
        for (const [id, pending] of [...this.#pending]) {
          if (pending.sent) this.#end(id, { kind: 'failure', reason: tooLarge ? 'too-large' : 'closed' })
        }
        this.#advance()
      },
    })
    this.#frames = frames
  }

  #receive(bytes: Uint8Array): void {
    const arrival = this.#options.arrival(bytes.length)
    if (!arrival.pass) return
    const arrived = arrival.isCorrupt === true ? withCorruptByte(bytes) : bytes
    if (arrival.delayMs > 0) setTimeout(() => this.#read(arrived), arrival.delayMs)
    else this.#read(arrived)
  }

  #read(bytes: Uint8Array): void {
    let frame: ReturnType<typeof decodeFrame>
    try {
      frame = decodeFrame(bytes)
    } catch {
      this.#options.onMalformed('malformed-frame')
      return
    }
    if (frame.kind === 'reply') this.#end(frame.id, { kind: 'reply', body: frame.body })
    else if (frame.kind === 'refusal') this.#end(frame.id, { kind: 'failure', reason: frame.reason })
    else this.#options.onMalformed('unexpected-frame')
  }

  #failAll(reason: RequestFailure): void {
    this.#directs = []
    this.#queue.length = 0
    for (const id of [...this.#pending.keys()]) this.#end(id, { kind: 'failure', reason })
  }

  /** Late replies, second replies and replies to nobody's question end here. */
  #end(id: number, end: RequestEnd): void {
    const pending = this.#pending.get(id)
    if (pending === undefined) return
    this.#pending.delete(id)
    clearTimeout(pending.timer)
    if (pending.sent) this.#underWay--
    pending.onEnd(end)
    if (this.#queue.length > 0) this.#advance()
  }

  #backOff(): void {
    this.#failures++
    const longestMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(this.#failures, 10))
    this.#retryAtMs = Date.now() + longestMs * (0.5 + Math.random() / 2)
  }
}
