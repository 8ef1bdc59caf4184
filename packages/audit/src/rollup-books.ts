// The book of each rollup.
import type { ChainId } from '@solvent/primitives'
import { RollupBook } from './rollup-book.ts'

export class RollupBooks {
  readonly #books = new Map<ChainId, RollupBook>()

  of(rollup: ChainId): RollupBook {
    let book = this.#books.get(rollup)
    if (book === undefined) {
      book = new RollupBook()
      this.#books.set(rollup, book)
    }
    return book
  }

  /** How far the L1 has ordered a rollup. */
  batchedTo(rollup: ChainId): number {
    return this.#books.get(rollup)?.batchedTo ?? 0
  }

  all(): Iterable<readonly [ChainId, RollupBook]> {
    return this.#books
  }
}
