// The messages that a chain has sent, as the audit reads them, and the root of the Merkle tree over them that the
// chain's headers must name: depth 32, leaf = SHA-256(0 ‖ digest), node = SHA-256(1 ‖ left ‖ right), an empty leaf is
// 32 zero bytes. The full subtrees from the left are kept as a linked list, smallest first, one list for each number of
// messages, so that a re-org takes messages back by forgetting the newest lists.
import { type Hash32, ZERO_HASH } from '@solvent/primitives'
import { hashNode } from './merkle-path.ts'

const DEPTH = 32

interface FullSubtree {
  readonly height: number
  readonly root: Hash32
  /** The next larger one. */
  readonly left: FullSubtree | null
}

/** A block of the chain, on its branch or left by it. */
export interface OutboxBlock {
  readonly number: number
  /** Messages sent up to and with it. */
  readonly count: number
  isOrphan: boolean
}

export class OutboxRecord {
  readonly #blocks = new Map<Hash32, OutboxBlock>()
  /** False when the chain's first messages are not known. */
  isWhole = true
  readonly #digests: Hash32[] = []
  /** After each message. */
  readonly #subtrees: FullSubtree[] = []
  #root: Hash32 | null = null

  get count(): number {
    return this.#digests.length
  }

  /** The digest in a place of the tree; undefined where nothing was sent. */
  digestAt(leaf: number): Hash32 | undefined {
    return this.#digests[leaf]
  }

  /** A block has been read with everything that it sends. */
  sealBlock(hash: Hash32, number: number): void {
    this.#blocks.set(hash, { number, count: this.count, isOrphan: false })
  }

  /** A block is no longer on the branch. */
  orphanBlock(hash: Hash32): void {
    const block = this.#blocks.get(hash)
    if (block !== undefined) block.isOrphan = true
  }

  block(hash: Hash32): OutboxBlock | undefined {
    return this.#blocks.get(hash)
  }

  append(digest: Hash32): void {
    let left = this.#subtrees.at(-1) ?? null
    let root = hashNode(0, [digest])
    let height = 0
    while (left !== null && left.height === height) {
      root = hashNode(1, [left.root, root])
      height++
      left = left.left
    }
    this.#digests.push(digest)
    this.#subtrees.push({ height, root, left })
    this.#root = null
  }

  /** Takes the newest message back. */
  takeBack(): void {
    this.#digests.pop()
    this.#subtrees.pop()
    this.#root = null
  }

  root(): Hash32 {
    this.#root ??= rootOf(this.#subtrees.at(-1) ?? null)
    return this.#root
  }
}

function rootOf(smallest: FullSubtree | null): Hash32 {
  let next = smallest
  let root: Hash32 | null = null
  let empty: Hash32 = ZERO_HASH
  for (let height = 0; height < DEPTH; height++) {
    if (next?.height === height) {
      root = hashNode(1, [next.root, root ?? empty])
      next = next.left
    } else if (root !== null) {
      root = hashNode(1, [root, empty])
    }
    empty = hashNode(1, [empty, empty])
  }
  return root ?? empty
}
