// A chain's outbox as a follower rebuilds it from the messages that it has read in blocks: all leaves and all full
// subtrees, so that a proof for any message under the root of any block costs few hashes. Re-orgs cut it back.
import { bytesToHex, type Hash32 } from '@solvent/primitives'
import { emptySubtree, leafHash, nodeHash, OUTBOX_DEPTH } from './outbox-tree.ts'

/** Leaves under a subtree of each height. */
const WIDTHS: readonly number[] = Array.from({ length: OUTBOX_DEPTH + 1 }, (_, height) =>
  Number(1n << BigInt(height)),
)

/** A subtree's root, and the same as text once it has been a sibling: proofs of neighbours have most siblings in common. */
interface Subtree {
  readonly hash: Uint8Array
  text: Hash32 | null
}

const EMPTY: readonly Subtree[] = Array.from({ length: OUTBOX_DEPTH + 1 }, (_, height) => ({
  hash: emptySubtree(height),
  text: null,
}))

export class OutboxLeaves {
  /** By height: the full subtrees from the left. */
  readonly #full: Subtree[][] = Array.from({ length: OUTBOX_DEPTH + 1 }, () => [])
  /** By height: the subtree that is neither full nor empty under the count asked for last, as far as it was needed. */
  #partial: (Subtree | undefined)[] = []
  #partialCount = 0

  get count(): number {
    return this.#layer(0).length
  }

  append(digest: Hash32): void {
    let hash = leafHash(digest)
    for (let height = 0; height <= OUTBOX_DEPTH; height++) {
      const layer = this.#layer(height)
      layer.push({ hash, text: null })
      if (layer.length % 2 === 1) return
      hash = nodeHash((layer[layer.length - 2] as Subtree).hash, hash)
    }
  }

  /** Forgets all but the first `count` leaves. */
  truncate(count: number): void {
    this.#partial = []
    let kept = count
    for (const layer of this.#full) {
      if (layer.length > kept) layer.length = kept
      kept = Math.floor(kept / 2)
    }
  }

  /** The root over the first `count` leaves. */
  root(count: number): Hash32 {
    return textOf(this.#subtree(OUTBOX_DEPTH, 0, count))
  }

  /**
   * The siblings on the way from leaf `index` to the root over the first `count` leaves, lowest first, up to the last
   * that is not empty: as many as a tree of `count` leaves is high.
   *
   * @param index 0 <= index < count <= this.count
   */
  path(index: number, count: number): Hash32[] {
    const path: Hash32[] = []
    let at = index
    for (let height = 0, width = 1; width < count; height++, width *= 2) {
      const sibling = at % 2 === 0 ? at + 1 : at - 1
      path.push(textOf(this.#subtree(height, sibling, count)))
      at = Math.floor(at / 2)
    }
    return path
  }

  /** A subtree when only the first `count` leaves are there; at most one a level is neither full nor empty. */
  #subtree(height: number, place: number, count: number): Subtree {
    const width = WIDTHS[height] as number
    if (place * width >= count) return EMPTY[height] as Subtree
    if ((place + 1) * width <= count) return this.#layer(height)[place] as Subtree
    if (this.#partialCount !== count) {
      this.#partial = []
      this.#partialCount = count
    }
    const known = this.#partial[height]
    if (known !== undefined) return known
    const left = this.#subtree(height - 1, 2 * place, count)
    const right = this.#subtree(height - 1, 2 * place + 1, count)
    const subtree = { hash: nodeHash(left.hash, right.hash), text: null }
    this.#partial[height] = subtree
    return subtree
  }

  #layer(height: number): Subtree[] {
    return this.#full[height] as Subtree[]
  }
}

function textOf(subtree: Subtree): Hash32 {
  subtree.text ??= bytesToHex(subtree.hash) as Hash32
  return subtree.text
}
