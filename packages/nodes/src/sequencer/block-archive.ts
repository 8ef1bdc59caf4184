// The blocks of one chain that a producer keeps and serves: all of them, of every branch, durable before anybody sees them.
import type { Store, StoreTicket } from '@solvent/ports'
import {
  type ChainId,
  decodeCanonical,
  encodeCanonical,
  type Hash32,
  remembered,
  withCanonicalBytes,
} from '@solvent/primitives'
import type { Block, BlockRange, BlockRequest } from '@solvent/protocol'

/** What the blocks of one reply may take, so that the frame around them stays within the limit of 64 KiB. */
export const RANGE_BUDGET_BYTES = 48 * 1024
const MAX_BLOCKS_IN_RANGE = 256
const NUMBER_DIGITS = 12
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

export class BlockArchive {
  readonly #chainId: ChainId
  readonly #store: Store
  /** Ascending block numbers, one of each branch may have the same; what is in the store but not yet durable is in neither. */
  readonly #blocks: Block[] = []
  readonly #sizes: number[] = []
  readonly #byHash = new Map<Hash32, Block>()
  readonly #pending: {
    readonly ticket: StoreTicket
    readonly block: Block
    readonly bytes: number
    durable: boolean
  }[] = []

  /** Takes up the blocks that the store has. */
  constructor(chainId: ChainId, store: Store) {
    this.#chainId = chainId
    this.#store = store
    for (const key of store.keys(this.#prefix())) {
      const bytes = store.get(key)
      if (bytes === undefined) continue
      const block = decodeCanonical(bytes) as Block
      this.#blocks.push(block)
      this.#sizes.push(bytes.length)
      this.#byHash.set(block.hash, block)
    }
  }

  /** Durable blocks, oldest first. */
  get blocks(): readonly Block[] {
    return this.#blocks
  }

  /** The newest block, durable or not; undefined when there is none. */
  get newest(): Block | undefined {
    return this.#pending.at(-1)?.block ?? this.#blocks.at(-1)
  }

  /** A block of any branch, durable or not. */
  withHash(hash: Hash32): Block | undefined {
    return this.#byHash.get(hash)
  }

  /** Gives a block to the store, unless it has it; blocks of several branches may come in any order. */
  add(block: Block): void {
    if (this.#byHash.has(block.hash)) return
    this.#byHash.set(block.hash, block)
    const bytes = encodeCanonical(block)
    const key = `${this.#prefix()}${String(block.header.number).padStart(NUMBER_DIGITS, '0')}/${block.hash}`
    this.#pending.push({ ticket: this.#store.put(key, bytes), block, bytes: bytes.length, durable: false })
  }

  /** The blocks that have become durable with this answer of the store, oldest first; null for a foreign ticket. */
  onStore(ticket: StoreTicket): readonly Block[] | null {
    const stored = this.#pending.find((each) => each.ticket === ticket)
    if (stored === undefined) return null
    stored.durable = true
    const released: Block[] = []
    for (let first = this.#pending[0]; first?.durable === true; first = this.#pending[0]) {
      this.#pending.shift()
      const at = this.#firstAbove(first.block.header.number)
      this.#blocks.splice(at, 0, first.block)
      this.#sizes.splice(at, 0, first.bytes)
      released.push(first.block)
    }
    return released
  }

  /** The oldest durable block with a number above `number`. */
  above(number: number): Block | undefined {
    return this.#blocks[this.#firstAbove(number)]
  }

  /** The branch that ends in a block, down to a block (which is not part of it) or genesis; the newest first. */
  branch(tip: Block, downTo: Hash32 | null): readonly Block[] {
    const branch: Block[] = []
    let at: Block | undefined = tip
    while (at !== undefined && at.hash !== downTo) {
      branch.push(at)
      at = this.#byHash.get(at.header.parentHash)
    }
    return branch
  }

  /** Encoded size of a durable block. */
  bytesOf({ header, hash }: Block): number {
    for (let i = this.#firstAbove(header.number - 1); i < this.#blocks.length; i++)
      if (this.#blocks[i]?.hash === hash) return this.#sizes[i] as number
    return 0
  }

  /** The newest durable block with a number of at most `number`. */
  atOrBelow(number: number): Block | undefined {
    return this.#blocks[this.#firstAbove(number) - 1]
  }

  /** As many blocks of the range as fit a frame, or one chunk of a large one. */
  range({ from, to, skip }: BlockRequest): BlockRange {
    const blocks: Block[] = []
    let bytes = 0
    for (let i = this.#firstAbove(from - 1); i < this.#blocks.length; i++) {
      const block = this.#blocks[i] as Block
      const size = this.#sizes[i] as number
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

  #prefix(): string {
    return `block/${this.#chainId}/`
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
