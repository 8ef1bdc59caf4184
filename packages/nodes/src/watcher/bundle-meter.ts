// What a watcher measures of optimistic bridges: bundles and what became of them, and how long messages took from their
// sending to being believed. Times are chain time (Unix seconds): those of the blocks that hold them.
import type { Address } from '@solvent/primitives'
import type { Block, ChainEvent, NetworkSpec } from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'
import { MessageTimes } from './message-times.ts'
import type { Spread } from './spread.ts'

export interface BundleOutcome {
  /** The bridge's name. */
  readonly id: string
  readonly proposed: number
  readonly disputed: number
  readonly upheld: number
  readonly rejected: number
  /** Messages believed because of a bundle. */
  readonly believed: number
  /** Seconds from sending to delivery, of messages that were sent and delivered; null when there are none. */
  readonly toBelief: Spread | null
}

interface Counts {
  readonly name: string
  proposed: number
  disputed: number
  upheld: number
  rejected: number
  readonly messages: MessageTimes
}

export class BundleMeter implements BlockBook {
  readonly #bridges: ReadonlyMap<Address, Counts>

  constructor(spec: NetworkSpec) {
    const optimistic = spec.bridges.filter(({ verification }) => verification.kind === 'optimistic')
    this.#bridges = new Map(
      optimistic.map(({ address, name }) => [
        address,
        { name, proposed: 0, disputed: 0, upheld: 0, rejected: 0, messages: new MessageTimes() },
      ]),
    )
  }

  followed(block: Block): void {
    if (this.#bridges.size === 0) return
    for (const { events } of block.receipts)
      for (const event of events) this.#count(event, block.header.timestamp, 1)
  }

  orphaned(block: Block): void {
    if (this.#bridges.size === 0) return
    for (const { events } of block.receipts)
      for (const event of events) this.#count(event, block.header.timestamp, -1)
  }

  outcomes(): BundleOutcome[] {
    return [...this.#bridges.values()].map(({ name, proposed, disputed, upheld, rejected, messages }) => {
      const counts = { id: name, proposed, disputed, upheld, rejected, believed: messages.delivered }
      return { ...counts, toBelief: messages.spread() }
    })
  }

  #count(event: ChainEvent, timestamp: number, step: 1 | -1): void {
    switch (event.kind) {
      case 'bundle-proposed':
      case 'bundle-disputed':
      case 'bundle-ruled': {
        const counts = this.#bridges.get(event.bridge)
        if (counts === undefined) return
        if (event.kind === 'bundle-proposed') counts.proposed += step
        else if (event.kind === 'bundle-disputed') counts.disputed += step
        else if (event.upheld) counts.upheld += step
        else counts.rejected += step
        return
      }
      case 'message-sent':
      case 'message-delivered': {
        const { digest } = event
        this.#bridges.get(event.message.bridge)?.messages.note(event.kind, { digest, timestamp, step })
      }
    }
  }
}
