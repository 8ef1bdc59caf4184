// What a watcher counts of transactions that reverted, over the followed blocks: a forged withdrawal above the lock, a replay,
// a message of a batch that was skipped, a fill that came second leave no other trace on a chain than these.
import type { ChainId } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'

export interface RevertCount {
  readonly call: string
  readonly reason: string
  readonly count: number
}

export class RevertBook implements BlockBook {
  readonly #counts = new Map<ChainId, Map<string, RevertCount>>()

  followed(block: Block): void {
    this.#count(block, 1)
  }

  orphaned(block: Block): void {
    this.#count(block, -1)
  }

  /** In the order in which they came first. */
  of(chainId: ChainId): readonly RevertCount[] {
    return [...(this.#counts.get(chainId)?.values() ?? [])].filter(({ count }) => count > 0)
  }

  #count({ header: { chainId }, transactions, receipts }: Block, sign: 1 | -1): void {
    receipts.forEach(({ status, reason, events }, place) => {
      const call = transactions[place]?.transaction.call.kind
      if (call === undefined) return
      if (status === 'reverted') this.#add(chainId, { call, reason: String(reason), count: sign })
      for (const event of events)
        if (event.kind === 'message-skipped') this.#add(chainId, { call, reason: event.reason, count: sign })
    })
  }

  #add(chainId: ChainId, { call, reason, count }: RevertCount): void {
    const known = this.#counts.get(chainId) ?? new Map<string, RevertCount>()
    this.#counts.set(chainId, known)
    const key = `${call}/${reason}`
    known.set(key, { call, reason, count: (known.get(key)?.count ?? 0) + count })
  }
}
