// What a chain remembers of its outbox: the left edge of the tree, one hash a level, and how many messages are in it.
// Appending costs two hashes on average, the root 32, once for each block that sends something.
import { bytesToHex, type Hash32 } from '@solvent/primitives'
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import { EMPTY_OUTBOX_ROOT, emptySubtree, leafHash, nodeHash, OUTBOX_DEPTH } from './outbox-tree.ts'

/** The subtree at hand while a digest is appended. */
const subtree = new Uint8Array(32)

export class OutboxState {
  /** By height: the root of the newest full subtree that waits for its right sibling. */
  readonly #edge: UndoableMap<number, Uint8Array>
  readonly #count: UndoableCell<number>
  /** The root, and how many leaves it covers. */
  readonly #root: UndoableCell<{ readonly root: Hash32; readonly count: number }>

  constructor(log: UndoLog) {
    this.#edge = new UndoableMap(log)
    this.#count = new UndoableCell(log, 0)
    this.#root = new UndoableCell(log, { root: EMPTY_OUTBOX_ROOT, count: 0 })
  }

  /** Messages sent so far. */
  get count(): number {
    return this.#count.get()
  }

  /** Puts a message's digest in the next place. */
  append(digest: Hash32): void {
    const place = this.#count.get()
    this.#count.set(place + 1)
    leafHash(digest, subtree)
    let index = place
    for (let height = 0; height < OUTBOX_DEPTH; height++) {
      if (index % 2 === 0) {
        this.#edge.set(height, subtree.slice())
        return
      }
      nodeHash(this.#edge.get(height) as Uint8Array, subtree, subtree)
      index = Math.floor(index / 2)
    }
  }

  /** The root over everything appended. */
  root(): Hash32 {
    const count = this.#count.get()
    const known = this.#root.get()
    if (known.count === count) return known.root
    const root = bytesToHex(this.#fold(count)) as Hash32
    this.#root.set({ root, count })
    return root
  }

  #fold(count: number): Uint8Array {
    let subtree = emptySubtree(0)
    let index = count
    for (let height = 0; height < OUTBOX_DEPTH; height++) {
      subtree =
        index % 2 === 1
          ? nodeHash(this.#edge.get(height) as Uint8Array, subtree)
          : nodeHash(subtree, emptySubtree(height))
      index = Math.floor(index / 2)
    }
    return subtree
  }
}
