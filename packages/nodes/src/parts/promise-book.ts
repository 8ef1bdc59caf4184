// Promises of inclusion that a sender holds on one chain, until a block keeps or breaks them. Kept in memory: a sender that
// is killed loses its evidence.
import type { Address, Hash32 } from '@solvent/primitives'
import { type Block, type SignedPreconfirmation, transactionDigest } from '@solvent/protocol'

export class PromiseBook {
  readonly #self: Address
  readonly #promises = new Map<Hash32, SignedPreconfirmation>()

  constructor(self: Address) {
    this.#self = self
  }

  /** Takes a promise about one of its own transactions; false for what others sent, which is nothing to it. */
  add(promise: SignedPreconfirmation): boolean {
    const { sender, transactionHash } = promise.preconfirmation
    if (sender !== this.#self) return false
    this.#promises.set(transactionHash, promise)
    return true
  }

  /** Reads a followed block; the promises that it shows to be broken. */
  onBlock({ header: { number }, transactions }: Block): readonly SignedPreconfirmation[] {
    if (this.#promises.size === 0) return []
    for (const { transaction } of transactions) {
      if (transaction.from === this.#self)
        this.#used(transaction.nonce, transactionDigest(transaction), number)
    }
    const broken = [...this.#promises.values()].filter(
      ({ preconfirmation }) => preconfirmation.block < number,
    )
    for (const { preconfirmation } of broken) this.#promises.delete(preconfirmation.transactionHash)
    return broken
  }

  /** The promised transaction in time keeps its promise; another one with its nonce ends it. */
  #used(nonce: number, hash: Hash32, number: number): void {
    for (const { preconfirmation } of this.#promises.values()) {
      if (preconfirmation.nonce !== nonce) continue
      const isThis = preconfirmation.transactionHash === hash
      if (!isThis || number <= preconfirmation.block) this.#promises.delete(preconfirmation.transactionHash)
    }
  }
}
