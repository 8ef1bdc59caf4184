// What a keeper has of each token, as followed blocks tell it.
import type { Address } from '@solvent/primitives'
import type { Block, Genesis } from '@solvent/protocol'

export class KeeperPurse {
  readonly #self: Address
  readonly #held = new Map<Address, bigint>()
  readonly #first: ReadonlyMap<Address, bigint>

  constructor(self: Address, { balances }: Genesis) {
    this.#self = self
    for (const { owner, kind, token, amount } of balances)
      if (owner === self && kind !== 'COLLATERAL' && kind !== 'BORROWER') this.#add(token, amount)
    this.#first = new Map(this.#held)
  }

  /** What genesis gave it. */
  atFirst(token: Address): bigint {
    return this.#first.get(token) ?? 0n
  }

  of(token: Address): bigint {
    return this.#held.get(token) ?? 0n
  }

  followed(block: Block): void {
    this.#book(block, 1n)
  }

  orphaned(block: Block): void {
    this.#book(block, -1n)
  }

  #book({ header, receipts }: Block, sign: 1n | -1n): void {
    if (header.number === 0) return
    for (const { entries } of receipts)
      for (const { legs } of entries)
        for (const { owner, kind, token, amount } of legs)
          if (owner === this.#self && kind !== 'COLLATERAL' && kind !== 'BORROWER')
            this.#add(token, sign * amount)
  }

  #add(token: Address, amount: bigint): void {
    this.#held.set(token, this.of(token) + amount)
  }
}
