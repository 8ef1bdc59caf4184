// The messages that a chain has sent, as the audit reads them, and the root of the Merkle tree over them that the
// chain's headers must name. The full subtrees from the left are kept as a linked list, smallest first, one list for each number of
// messages, so that a re-org takes messages back by forgetting the newest lists.
import { bytesToHex, type Hash32 } from '@solvent/primitives'
import { DEPTH, emptySubtrees, leafHash, nodeHash } from './merkle-path.ts'

interface FullSubtree {
  readonly height: number
  readonly root: Uint8Array
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
    let root = leafHash(digest)
    let height = 0
    while (left !== null && left.height === height) {
      root = nodeHash(left.root, root)
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
  let root = emptySubtrees[next?.height ?? DEPTH]!
  // Below the smallest full subtree everything is empty.
  for (let height = next?.height ?? DEPTH; height < DEPTH; height++) {
    const isFull = next?.height === height
    root = isFull ? nodeHash(next!.root, root) : nodeHash(root, emptySubtrees[height]!)
    if (isFull) next = next!.left
  }
  return bytesToHex(root) as Hash32
}
