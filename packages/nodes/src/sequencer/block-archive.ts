// The blocks of one chain that a producer keeps and serves: all of them, of every branch, durable before anybody sees them.
import type { Store, StoreTicket } from '@solvent/ports'
import { type ChainId, decodeCanonical, encodeCanonical, type Hash32 } from '@solvent/primitives'
import type { Block, BlockRange, BlockRequest } from '@solvent/protocol'
import { BlockShelf } from '../parts/block-shelf.ts'

const NUMBER_DIGITS = 12

export class BlockArchive {
  readonly #chainId: ChainId
  readonly #store: Store
  /** Ascending block numbers, one of each branch may have the same; what is in the store but not yet durable is in neither. */
  readonly #shelf: BlockShelf
  readonly #byHash = new Map<Hash32, Block>()
  readonly #pending: {
    readonly ticket: StoreTicket
    readonly block: Block
    durable: boolean
  }[] = []

  /** Takes up the blocks that the store has. */
  constructor(chainId: ChainId, store: Store) {
    this.#chainId = chainId
    this.#store = store
    this.#shelf = new BlockShelf(chainId)
    for (const key of store.keys(this.#prefix())) {
      const bytes = store.get(key)
      if (bytes === undefined) continue
      const block = decodeCanonical(bytes) as Block
      this.#shelf.insert(block, bytes.length)
      this.#byHash.set(block.hash, block)
    }
  }

  /** True until this disk has been begun: either nothing was ever made here, or it is not the disk on which it was. */
  get isBlank(): boolean {
    return this.#shelf.blocks.length === 0 && this.#store.get(this.#mark()) === undefined
  }

  /** Marks the disk as this producer's: without blocks it has lost none from now on. */
  begin(): void {
    if (this.isBlank) this.#store.put(this.#mark(), Uint8Array.of(1))
  }

  /** Durable blocks, oldest first. */
  get blocks(): readonly Block[] {
    return this.#shelf.blocks
  }

  /** The newest block, durable or not; undefined when there is none. */
  get newest(): Block | undefined {
    return this.#pending.at(-1)?.block ?? this.#shelf.blocks.at(-1)
  }

  /** A block of any branch, durable or not. */
  withHash(hash: Hash32): Block | undefined {
    return this.#byHash.get(hash)
  }

  /** Gives a block to the store, unless it has it; blocks of several branches may come in any order. */
  add(block: Block): void {
    if (this.#byHash.has(block.hash)) return
    this.#byHash.set(block.hash, block)
    const key = `${this.#prefix()}${String(block.header.number).padStart(NUMBER_DIGITS, '0')}/${block.hash}`
    const ticket = this.#store.put(key, () => encodeCanonical(block))
    this.#pending.push({ ticket, block, durable: false })
  }

  /** The blocks that have become durable with this answer of the store, oldest first; null for a foreign ticket. */
  onStore(ticket: StoreTicket): readonly Block[] | null {
    const stored = this.#pending.find((each) => each.ticket === ticket)
    if (stored === undefined) return null
    stored.durable = true
    const released: Block[] = []
    for (let first = this.#pending[0]; first?.durable === true; first = this.#pending[0]) {
      this.#pending.shift()
      this.#shelf.insert(first.block)
      released.push(first.block)
    }
    return released
  }

  /** The oldest durable block with a number above `number`. */
  above(number: number): Block | undefined {
    return this.#shelf.above(number)
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
  bytesOf(block: Block): number {
    return this.#shelf.bytesOf(block)
  }

  /** The newest durable block with a number of at most `number`. */
  atOrBelow(number: number): Block | undefined {
    return this.#shelf.atOrBelow(number)
  }

  /** As many blocks of the range as fit a frame, or one chunk of a large one. */
  range(request: BlockRequest): BlockRange {
    return this.#shelf.range(request)
  }

  #mark(): string {
    return `archive/${this.#chainId}`
  }

  #prefix(): string {
    return `block/${this.#chainId}/`
  }
}
