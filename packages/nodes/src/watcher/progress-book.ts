// How many blocks and transactions of each chain a watcher follows; virtual empty blocks are not counted.
import type { ChainId } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'

export interface Progress {
  readonly blocks: number
  readonly transactions: number
}

const NONE: Progress = { blocks: 0, transactions: 0 }

export class ProgressBook implements BlockBook {
  readonly #progress = new Map<ChainId, Progress>()

  followed(block: Block): void {
    this.#count(block, 1)
  }

  orphaned(block: Block): void {
    this.#count(block, -1)
  }

  of(chainId: ChainId): Progress {
    return this.#progress.get(chainId) ?? NONE
  }

  #count({ header: { chainId }, transactions: held }: Block, sign: 1 | -1): void {
    const { blocks, transactions } = this.of(chainId)
    this.#progress.set(chainId, { blocks: blocks + sign, transactions: transactions + sign * held.length })
  }
}
