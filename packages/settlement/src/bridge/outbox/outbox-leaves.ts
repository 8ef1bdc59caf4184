// A chain's outbox as a follower rebuilds it from the messages that it has read in blocks: all leaves and all full
// subtrees, so that a proof for any message under the root of any block costs few hashes. Re-orgs cut it back.
import { bytesToHex, type Hash32 } from '@solvent/primitives'
import { HashList } from './hash-list.ts'
import { emptySubtree, emptySubtreeText, leafHash, nodeHash, OUTBOX_DEPTH } from './outbox-tree.ts'

/** Leaves under a subtree of each height. */
const WIDTHS: readonly number[] = Array.from({ length: OUTBOX_DEPTH + 1 }, (_, height) =>
  Number(1n << BigInt(height)),
)

/** The subtree at hand while a digest is appended, and the one to its left. */
const subtree = new Uint8Array(32)
const left = new Uint8Array(32)

export class OutboxLeaves {
  /** By height: the full subtrees from the left. */
  readonly #full: readonly HashList[] = Array.from({ length: OUTBOX_DEPTH + 1 }, () => new HashList())
  /** By height: the subtree that is neither full nor empty under the count asked for last, as far as it was needed. */
  #partial: (Uint8Array | undefined)[] = []
  #partialTexts: (Hash32 | undefined)[] = []
  #partialCount = 0

  get count(): number {
    return this.#layer(0).length
  }

  append(digest: Hash32): void {
    leafHash(digest, subtree)
    for (let height = 0; height <= OUTBOX_DEPTH; height++) {
      const layer = this.#layer(height)
      layer.push(subtree)
      if (layer.length % 2 === 1) return
      nodeHash(layer.read(layer.length - 2, left), subtree, subtree)
    }
  }

  /** Forgets all but the first `count` leaves. */
  truncate(count: number): void {
    this.#partial = []
    this.#partialTexts = []
    let kept = count
    for (const layer of this.#full) {
      layer.truncate(kept)
      kept = Math.floor(kept / 2)
    }
  }

  /** The root over the first `count` leaves. */
  root(count: number): Hash32 {
    return this.#text(OUTBOX_DEPTH, 0, count)
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
      path.push(this.#text(height, sibling, count))
      at = Math.floor(at / 2)
    }
    return path
  }

  /** A subtree when only the first `count` leaves are there. */
  #text(height: number, place: number, count: number): Hash32 {
    const width = WIDTHS[height] as number
    if (place * width >= count) return emptySubtreeText(height)
    if ((place + 1) * width <= count) return this.#layer(height).textAt(place)
    const partial = this.#hash(height, place, count)
    this.#partialTexts[height] ??= bytesToHex(partial) as Hash32
    return this.#partialTexts[height]
  }

  /** The same as bytes; at most one a level is neither full nor empty. */
  #hash(height: number, place: number, count: number): Uint8Array {
    const width = WIDTHS[height] as number
    if (place * width >= count) return emptySubtree(height)
    if ((place + 1) * width <= count) return this.#layer(height).read(place, new Uint8Array(32))
    if (this.#partialCount !== count) {
      this.#partial = []
      this.#partialTexts = []
      this.#partialCount = count
    }
    const known = this.#partial[height]
    if (known !== undefined) return known
    const below = [2 * place, 2 * place + 1].map((child) => this.#hash(height - 1, child, count))
    const partial = nodeHash(below[0] as Uint8Array, below[1] as Uint8Array)
    this.#partial[height] = partial
    return partial
  }

  #layer(height: number): HashList {
    return this.#full[height] as HashList
  }
}
