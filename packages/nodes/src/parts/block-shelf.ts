// Blocks of one chain in ascending order, and what is served of a range of them: as many as fit a frame, large ones in chunks.
import {
  type ChainId,
  type Hash32,
  mostCanonicalBytes,
  remembered,
  roughCanonicalBytes,
  withCanonicalBytes,
} from '@solvent/primitives'
import type { Block, BlockRange, BlockRequest } from '@solvent/protocol'

/** What the blocks of one reply may take, so that the frame around them stays within the limit of 64 KiB. */
export const RANGE_BUDGET_BYTES = 48 * 1024
const MAX_BLOCKS_IN_RANGE = 256
/** Large blocks of which the sizes of all parts are remembered. */
const REMEMBERED_BLOCKS = 64

/** What each transaction takes in a chunk, its receipt included; all followers of a large block ask for the same. */
const partBytes = remembered(
  ({ transactions, receipts }: Block): readonly number[] =>
    transactions.map((signed, i) => lengthOf(signed) + lengthOf(receipts[i])),
  REMEMBERED_BLOCKS,
)

function lengthOf(value: unknown): number {
  return withCanonicalBytes(value, ({ length }) => length)
}

export class BlockShelf {
  readonly #chainId: ChainId
  readonly #blocks: Block[] = []
  /** Encoded sizes; null until somebody asks for so much that the bound does not tell. */
  readonly #sizes: (number | null)[] = []
  /** What the sizes are at most; null until somebody asks for so much that the rough bound does not tell. */
  readonly #bounds: (number | null)[] = []
  /** What they are at most by far; null until somebody asks for the block. */
  readonly #roughBounds: (number | null)[] = []

  constructor(chainId: ChainId) {
    this.#chainId = chainId
  }

  /** Ascending block numbers, one of each branch may have the same. */
  get blocks(): readonly Block[] {
    return this.#blocks
  }

  insert(block: Block, bytes: number | null = null): void {
    const at = this.#firstAbove(block.header.number)
    this.#blocks.splice(at, 0, block)
    this.#sizes.splice(at, 0, bytes)
    this.#bounds.splice(at, 0, bytes)
    this.#roughBounds.splice(at, 0, bytes)
  }

  remove({ header, hash }: Block): void {
    const at = this.#indexOf(header.number, hash)
    if (at < 0) return
    this.#blocks.splice(at, 1)
    this.#sizes.splice(at, 1)
    this.#bounds.splice(at, 1)
    this.#roughBounds.splice(at, 1)
  }

  /** The oldest block with a number above `number`. */
  above(number: number): Block | undefined {
    return this.#blocks[this.#firstAbove(number)]
  }

  /** The newest block with a number of at most `number`. */
  atOrBelow(number: number): Block | undefined {
    return this.#blocks[this.#firstAbove(number) - 1]
  }

  /** Encoded size of a block; 0 for one that is not here. */
  bytesOf({ header, hash }: Block): number {
    const at = this.#indexOf(header.number, hash)
    return at < 0 ? 0 : this.#size(at)
  }

  /** As many blocks of the range as fit a frame, or one chunk of a large one. */
  range(request: BlockRequest): BlockRange {
    return (
      this.#wholeRange(request, (at) => this.#roughBound(at)) ??
      this.#wholeRange(request, (at) => this.#bound(at)) ??
      this.#measuredRange(request)
    )
  }

  /** All of the range, when it certainly fits a frame by these bounds; else null. */
  #wholeRange({ from, to, skip }: BlockRequest, boundOf: (at: number) => number): BlockRange | null {
    if (skip > 0) return null
    const first = this.#firstAbove(from - 1)
    let end = first
    for (let bytes = 0; end < this.#blocks.length; end++) {
      if ((this.#blocks[end] as Block).header.number > to) break
      bytes += boundOf(end)
      if (bytes > RANGE_BUDGET_BYTES || end - first >= MAX_BLOCKS_IN_RANGE) return null
    }
    return { chainId: this.#chainId, blocks: this.#blocks.slice(first, end), next: null }
  }

  #measuredRange({ from, to, skip }: BlockRequest): BlockRange {
    const blocks: Block[] = []
    let bytes = 0
    for (let i = this.#firstAbove(from - 1); i < this.#blocks.length; i++) {
      const block = this.#blocks[i] as Block
      const size = this.#size(i)
      const { number } = block.header
      if (number > to) break
      if (skip > 0 && number === from) return this.#chunk(block, skip, to)
      if (blocks.length >= MAX_BLOCKS_IN_RANGE || (blocks.length > 0 && bytes + size > RANGE_BUDGET_BYTES)) {
        return { chainId: this.#chainId, blocks, next: { from: number, skip: 0 } }
      }
      if (size > RANGE_BUDGET_BYTES && block.transactions.length > 1) return this.#chunk(block, 0, to)
      blocks.push(block)
      bytes += size
    }
    return { chainId: this.#chainId, blocks, next: null }
  }

  #chunk(block: Block, skip: number, to: number): BlockRange {
    const { header, hash, signature, transactions, receipts } = block
    const sizes = partBytes(block)
    let end = skip
    for (let bytes = 0; end < transactions.length; end++) {
      bytes += sizes[end] as number
      if (bytes > RANGE_BUDGET_BYTES && end > skip) break
    }
    const chunk = {
      header,
      hash,
      signature,
      transactions: transactions.slice(skip, end),
      receipts: receipts.slice(skip, end),
    }
    const goesOn = header.number < to
    const next =
      end < transactions.length
        ? { from: header.number, skip: end }
        : goesOn
          ? { from: header.number + 1, skip: 0 }
          : null
    return { chainId: this.#chainId, blocks: transactions.length > skip ? [chunk] : [], next }
  }

  #roughBound(at: number): number {
    const known = this.#roughBounds[at] ?? null
    if (known !== null) return known
    const bound = roughCanonicalBytes(this.#blocks[at])
    this.#roughBounds[at] = bound
    return bound
  }

  #bound(at: number): number {
    const known = this.#bounds[at] ?? null
    if (known !== null) return known
    const bound = mostCanonicalBytes(this.#blocks[at])
    this.#bounds[at] = bound
    return bound
  }

  #size(at: number): number {
    const known = this.#sizes[at] ?? null
    if (known !== null) return known
    const size = lengthOf(this.#blocks[at])
    this.#sizes[at] = size
    return size
  }

  #indexOf(number: number, hash: Hash32): number {
    for (let i = this.#firstAbove(number - 1); this.#blocks[i]?.header.number === number; i++)
      if (this.#blocks[i]?.hash === hash) return i
    return -1
  }

  /** Index of the first block with a number above `number` (binary search). */
  #firstAbove(number: number): number {
    let low = 0
    let high = this.#blocks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#blocks[middle] as Block).header.number <= number) low = middle + 1
      else high = middle
    }
    return low
  }
}
