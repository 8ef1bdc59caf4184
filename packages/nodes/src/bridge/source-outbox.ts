// One source chain as a relayer follows it: its headers, how many messages each covers, and the tree over them, from
// which proofs are made. Cut back when the chain is re-organised.
import type { Hash32 } from '@solvent/primitives'
import type { Block, SignedHeader } from '@solvent/protocol'
import { OutboxLeaves, type OutboxPath } from '@solvent/settlement'

/** A followed block. */
export interface FollowedHeader {
  readonly hash: Hash32
  readonly signed: SignedHeader
  /** Messages sent up to and with this block. */
  readonly sent: number
}

export class SourceOutbox {
  readonly #headers: FollowedHeader[] = []
  readonly #places = new Map<Hash32, number>()
  readonly #leafOf = new Map<Hash32, number>()
  readonly #digests: Hash32[] = []
  readonly #leaves = new OutboxLeaves()

  /** Blocks of the followed branch, oldest first; genesis has no signature and is not among them. */
  get headers(): readonly FollowedHeader[] {
    return this.#headers
  }

  add({ header, signature, hash, receipts }: Block): void {
    for (const { events } of receipts) {
      for (const event of events) {
        if (event.kind !== 'message-sent') continue
        this.#leafOf.set(event.digest, this.#digests.length)
        this.#digests.push(event.digest)
        this.#leaves.append(event.digest)
      }
    }
    if (header.number === 0) return
    this.#places.set(hash, this.#headers.length)
    this.#headers.push({ hash, signed: { header, signature }, sent: this.#digests.length })
  }

  /** Takes the newest block back, if it is this one. */
  remove({ hash }: Block): void {
    if (this.#headers.at(-1)?.hash !== hash) return
    this.#headers.pop()
    this.#places.delete(hash)
    const kept = this.#headers.at(-1)?.sent ?? 0
    for (const digest of this.#digests.splice(kept)) this.#leafOf.delete(digest)
    this.#leaves.truncate(kept)
  }

  /** The place of a header in `headers`; undefined for blocks that are not followed. */
  placeOf(hash: Hash32): number | undefined {
    return this.#places.get(hash)
  }

  /** The place in `headers` of the block that sent a message; undefined when no followed block did. */
  placeOfMessage(digest: Hash32): number | undefined {
    const leaf = this.#leafOf.get(digest)
    if (leaf === undefined) return undefined
    let low = 0
    let high = this.#headers.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#headers[middle] as FollowedHeader).sent > leaf) high = middle
      else low = middle + 1
    }
    return low < this.#headers.length ? low : undefined
  }

  /** What leads from a message to the outbox root of a followed block at or above its own. */
  path(digest: Hash32, { sent }: FollowedHeader): OutboxPath {
    const leaf = this.#leafOf.get(digest) as number
    return { leaf, path: this.#leaves.path(leaf, sent) }
  }
}
