// A chain's outbox as a follower rebuilds it from the messages that it has read in blocks: all leaves and all full
// subtrees, so that a proof for any message under the root of any block costs few hashes. Re-orgs cut it back.
import { bytesToHex, type Hash32 } from '@solvent/primitives'
import { emptySubtree, leafHash, nodeHash, OUTBOX_DEPTH } from './outbox-tree.ts'

/** Leaves under a subtree of each height. */
const WIDTHS: readonly number[] = Array.from({ length: OUTBOX_DEPTH + 1 }, (_, height) =>
  Number(1n << BigInt(height)),
)

export class OutboxLeaves {
  /** By height: the roots of the full subtrees from the left. */
  readonly #full: Uint8Array[][] = Array.from({ length: OUTBOX_DEPTH + 1 }, () => [])

  get count(): number {
    return this.#layer(0).length
  }

  append(digest: Hash32): void {
    let subtree = leafHash(digest)
    for (let height = 0; height <= OUTBOX_DEPTH; height++) {
      const layer = this.#layer(height)
      layer.push(subtree)
      if (layer.length % 2 === 1) return
      subtree = nodeHash(layer[layer.length - 2] as Uint8Array, subtree)
    }
  }

  /** Forgets all but the first `count` leaves. */
  truncate(count: number): void {
    let kept = count
    for (const layer of this.#full) {
      if (layer.length > kept) layer.length = kept
      kept = Math.floor(kept / 2)
    }
  }

  /** The root over the first `count` leaves. */
  root(count: number): Hash32 {
    return bytesToHex(this.#subtree(OUTBOX_DEPTH, 0, count)) as Hash32
  }

  /**
   * The siblings on the way from leaf `index` to the root over the first `count` leaves, lowest first.
   *
   * @param index 0 <= index < count <= this.count
   */
  path(index: number, count: number): Hash32[] {
    const path: Hash32[] = []
    let at = index
    for (let height = 0; height < OUTBOX_DEPTH; height++) {
      const sibling = at % 2 === 0 ? at + 1 : at - 1
      path.push(bytesToHex(this.#subtree(height, sibling, count)) as Hash32)
      at = Math.floor(at / 2)
    }
    return path
  }

  /** The root of a subtree when only the first `count` leaves are there; at most one a level is neither full nor empty. */
  #subtree(height: number, place: number, count: number): Uint8Array {
    const width = WIDTHS[height] as number
    if (place * width >= count) return emptySubtree(height)
    if ((place + 1) * width <= count) return this.#layer(height)[place] as Uint8Array
    const left = this.#subtree(height - 1, 2 * place, count)
    return nodeHash(left, this.#subtree(height - 1, 2 * place + 1, count))
  }

  #layer(height: number): Uint8Array[] {
    return this.#full[height] as Uint8Array[]
  }
}
