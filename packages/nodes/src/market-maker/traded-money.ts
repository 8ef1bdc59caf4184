// What an account's trades on markets have moved, as followed blocks tell it: gas is no part of that, and neither are transfers.
import type { Address } from '@solvent/primitives'
import type { Block, EntryCause } from '@solvent/protocol'

const TRADES: ReadonlySet<EntryCause> = new Set<EntryCause>(['swap', 'place-orders'])

export class TradedMoney {
  readonly #self: Address
  readonly #moved = new Map<Address, bigint>()

  constructor(self: Address) {
    this.#self = self
  }

  /** Received less given. */
  of(token: Address): bigint {
    return this.#moved.get(token) ?? 0n
  }

  followed(block: Block): void {
    this.#book(block, 1n)
  }

  orphaned(block: Block): void {
    this.#book(block, -1n)
  }

  #book({ receipts }: Block, sign: 1n | -1n): void {
    for (const { entries } of receipts)
      for (const { cause, legs } of entries) {
        if (!TRADES.has(cause)) continue
        for (const { owner, kind, token, amount } of legs)
          if (owner === this.#self && kind !== 'POOL') this.#moved.set(token, this.of(token) + sign * amount)
      }
  }
}
