// Protocol fees that solvers have paid an auctioneer, as blocks tell of them: what was received of each and is not set against a fee yet. In the store. Numeraire
// times 10^8.
import type { Store } from '@solvent/ports'
import { type Address, decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import type { NetworkFacts } from '../solver/network-facts.ts'

const RECEIVED = 'reward/received/'

export class FeeBook {
  readonly #store: Store
  readonly #facts: NetworkFacts
  readonly #self: Address

  constructor(store: Store, facts: NetworkFacts, self: Address) {
    this.#store = store
    this.#facts = facts
    this.#self = self
  }

  followed(block: Block): void {
    this.#count(block, 1n)
  }

  orphaned(block: Block): void {
    this.#count(block, -1n)
  }

  /** Sets what was received of a solver against a fee; what of the fee is unpaid. */
  unpaidOf(solver: Address, fee: bigint): bigint {
    const received = this.#received(solver)
    const used = received < 0n ? 0n : received < fee ? received : fee
    if (used > 0n) this.#store.put(RECEIVED + solver, encodeCanonical(received - used))
    return fee - used
  }

  #count({ header, transactions, receipts }: Block, sign: bigint): void {
    transactions.forEach(({ transaction: { from, call } }, index) => {
      if (call.kind !== 'transfer' || call.to !== this.#self || receipts[index]?.status !== 'ok') return
      if (!this.#facts.spec.solvers.some(({ address }) => address === from)) return
      const value = this.#facts.valueE8(header.chainId, call.token, call.amount)
      this.#store.put(RECEIVED + from, encodeCanonical(this.#received(from) + sign * value))
    })
  }

  #received(solver: Address): bigint {
    const bytes = this.#store.get(RECEIVED + solver)
    return bytes === undefined ? 0n : (decodeCanonical(bytes) as bigint)
  }
}
