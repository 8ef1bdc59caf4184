// Promises, R-4: what a signer has committed to under a slot never changes, whatever happens to its process.
import type { Address, Hash32 } from '@solvent/primitives'
import type { Tally } from './tally.ts'

export class CommitmentRules {
  readonly #tally: Tally
  readonly #digests = new Map<Address, Map<string, Hash32>>()

  constructor(tally: Tally) {
    this.#tally = tally
  }

  committed(atMs: number, node: string, signer: Address, slot: string, digest: Hash32): void {
    this.#tally.checked['R-4']++
    let slots = this.#digests.get(signer)
    if (slots === undefined) {
      slots = new Map()
      this.#digests.set(signer, slots)
    }
    const known = slots.get(slot)
    if (known === undefined) slots.set(slot, digest)
    else if (known !== digest) {
      this.#tally.breach(
        'R-4',
        atMs,
        null,
        `${node} (${signer}) commits ${digest} in slot ${slot}, and before ${known}`,
      )
    }
  }
}
