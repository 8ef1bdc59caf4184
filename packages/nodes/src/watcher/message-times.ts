// When messages were sent and delivered on the branches that are followed. Chain time, Unix seconds: that of the blocks that hold them.
import type { Hash32 } from '@solvent/primitives'
import { type Spread, spreadOf } from './spread.ts'

export class MessageTimes {
  readonly #sentAt = new Map<Hash32, number>()
  readonly #deliveredAt = new Map<Hash32, number>()

  /** @param step −1: the block is no longer followed */
  note(
    kind: 'message-sent' | 'message-delivered',
    at: { readonly digest: Hash32; readonly timestamp: number; readonly step: 1 | -1 },
  ): void {
    const times = kind === 'message-sent' ? this.#sentAt : this.#deliveredAt
    if (at.step === 1) times.set(at.digest, at.timestamp)
    else times.delete(at.digest)
  }

  get delivered(): number {
    return this.#deliveredAt.size
  }

  /** Seconds from sending to delivery, of messages that were sent and delivered; null when there are none. */
  spread(): Spread | null {
    const seconds = [...this.#deliveredAt].flatMap(([digest, at]) => {
      const sent = this.#sentAt.get(digest)
      return sent === undefined ? [] : [at - sent]
    })
    return spreadOf(seconds)
  }
}
