// The keys of one account on one chain: the one from which its address is made, those to which its owner may rotate it, and which of them
// signs now, as the chain's blocks say.
import type { Address } from '@solvent/primitives'
import {
  type Block,
  type DigestSigner,
  type SignedTransaction,
  type Transaction,
  transactionDigest,
} from '@solvent/protocol'

/** A transaction that does not say yet who signs it. */
export type Unsigned = Omit<Transaction, 'signer'>

export class KeyRing {
  readonly account: Address
  readonly #first: DigestSigner
  readonly #others: ReadonlyMap<Address, DigestSigner>
  /** Rotations in their order, with the blocks that hold them. */
  readonly #rotations: { readonly number: number; readonly key: Address }[] = []

  constructor(first: DigestSigner, others: readonly DigestSigner[] = []) {
    this.account = first.address
    this.#first = first
    this.#others = new Map(others.map((each) => [each.address, each]))
  }

  /** The key whose signature the chain takes, whether it is one of these or not. */
  get inForce(): Address {
    return this.#rotations.at(-1)?.key ?? this.account
  }

  /** Signs with the key in force; with the first one while that is not among these: no chain takes it then. */
  sign(unsigned: Unsigned): SignedTransaction {
    const signer = this.#others.get(this.inForce) ?? this.#first
    const transaction: Transaction =
      signer === this.#first ? unsigned : { ...unsigned, signer: signer.address }
    return { transaction, signature: signer.sign(transactionDigest(transaction)) }
  }

  /** True when the block rotates the key. */
  followed({ header: { number }, receipts }: Block): boolean {
    const before = this.#rotations.length
    for (const { events } of receipts)
      for (const event of events)
        if (event.kind === 'key-rotated' && event.account === this.account)
          this.#rotations.push({ number, key: event.key })
    return this.#rotations.length > before
  }

  /** The newest block is followed no more. */
  orphaned({ header: { number } }: Block): void {
    while (this.#rotations.at(-1)?.number === number) this.#rotations.pop()
  }
}
