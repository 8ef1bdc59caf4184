// Frames over one libp2p stream: it-pipe through the duplex adapter of @libp2p/utils, lengths as varints, with a
// bound on the length, on the time a started frame may take, and on what may wait to be written.
import type { Stream } from '@libp2p/interface'
import { messageStreamToDuplex } from '@libp2p/utils'
import { decode, encode } from 'it-length-prefixed'
import { pipe } from 'it-pipe'
import { HEADER_BYTES } from './exchange-frame.ts'

/** Enough for frames of 4 MiB: a longer length is an attack before it is a length. */
const MAX_LENGTH_BYTES = 4

export interface FrameStreamOptions {
  readonly maxBodyBytes: number
  /** A frame that has begun must be complete after this time. */
  readonly frameTimeoutMs: number
  /** Bytes that may wait to be written; beyond, the peer is too slow and the stream ends. */
  readonly maxWaitingBytes: number
  readonly onFrame: (bytes: Uint8Array) => void
  /** Once, when nothing more comes: the error, or null after an orderly end. */
  readonly onEnd: (error: Error | null) => void
}

/** One stream carrying frames both ways. */
export class FrameStream {
  readonly #stream: Stream
  readonly #options: FrameStreamOptions
  readonly #outbox = new Outbox()
  #frameTimer: NodeJS.Timeout | null = null
  /** Received and not yet part of a whole frame. */
  #pendingBytes = 0
  #ended = false

  constructor(stream: Stream, options: FrameStreamOptions) {
    this.#stream = stream
    this.#options = options
    this.#run()
  }

  /** Queues a frame; false when the stream has ended. */
  send(frame: Uint8Array): boolean {
    if (this.#ended) return false
    this.#outbox.push(frame)
    if (this.#outbox.waitingBytes > this.#options.maxWaitingBytes)
      this.abort(new Error('The peer reads too slowly.'))
    return !this.#ended
  }

  /** Ends after what is queued has been written. */
  close(): void {
    this.#outbox.end()
  }

  abort(error: Error): void {
    this.#stream.abort(error)
    this.#end(error)
  }

  #run(): void {
    const { maxBodyBytes } = this.#options
    pipe(
      this.#outbox,
      (frames) => encode(frames),
      messageStreamToDuplex(this.#stream),
      (chunks) => this.#watch(chunks),
      (chunks) =>
        decode(chunks, { maxDataLength: maxBodyBytes + HEADER_BYTES, maxLengthLength: MAX_LENGTH_BYTES }),
      async (frames) => {
        for await (const frame of frames) {
          this.#frameCompleted(frame.byteLength)
          this.#options.onFrame(frame.subarray())
        }
      },
    ).then(
      () => this.#end(null),
      (error: unknown) => {
        const reason = error instanceof Error ? error : new Error(String(error))
        if (!this.#ended) this.#stream.abort(reason)
        this.#end(reason)
      },
    )
  }

  /** Starts the clock of a frame with its first bytes; a peer that stalls in the middle is cut off. */
  async *#watch<T extends { readonly byteLength: number }>(chunks: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const chunk of chunks) {
      this.#pendingBytes += chunk.byteLength
      if (this.#frameTimer === null) this.#startFrameTimer()
      yield chunk
    }
  }

  #frameCompleted(bytes: number): void {
    this.#pendingBytes -= bytes + encodingLength(bytes)
    this.#stopFrameTimer()
    if (this.#pendingBytes > 0) this.#startFrameTimer()
  }

  #startFrameTimer(): void {
    this.#frameTimer = setTimeout(
      () => this.abort(new SlowFrameError('A frame was not completed in time.')),
      this.#options.frameTimeoutMs,
    )
  }

  #stopFrameTimer(): void {
    if (this.#frameTimer !== null) clearTimeout(this.#frameTimer)
    this.#frameTimer = null
  }

  #end(error: Error | null): void {
    if (this.#ended) return
    this.#ended = true
    this.#stopFrameTimer()
    this.#outbox.end()
    this.#options.onEnd(error)
  }
}

/** Bytes of a length as an unsigned varint. */
function encodingLength(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : MAX_LENGTH_BYTES
}

/** A peer began a frame and did not finish it. */
export class SlowFrameError extends Error {
  override readonly name = 'SlowFrameError'
}

/** Frames waiting to be written, as the async iterable that a pipe starts with. */
class Outbox implements AsyncIterable<Uint8Array> {
  #frames: Uint8Array[] = []
  #ended = false
  #wake: (() => void) | null = null
  waitingBytes = 0

  push(frame: Uint8Array): void {
    if (this.#ended) return
    this.#frames.push(frame)
    this.waitingBytes += frame.length
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const frames = this.#frames
      this.#frames = []
      for (const frame of frames) {
        this.waitingBytes -= frame.length
        yield frame
      }
      if (this.#frames.length > 0) continue
      if (this.#ended) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = null
    }
  }
}
