// What every account has paid for gas: how often a node had to send depends on timing, so equivalence compares
// balances without it. Amounts in wei.
import type { ChainId } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'

export class GasBook implements BlockBook {
  readonly #paid = new Map<ChainId, Map<string, bigint>>()

  followed(block: Block): void {
    this.#charge(block, 1n)
  }

  orphaned(block: Block): void {
    this.#charge(block, -1n)
  }

  paid(chainId: ChainId, owner: string): bigint {
    return this.#paid.get(chainId)?.get(owner) ?? 0n
  }

  #charge({ header, receipts }: Block, sign: 1n | -1n): void {
    const payers = this.#paid.get(header.chainId) ?? new Map<string, bigint>()
    this.#paid.set(header.chainId, payers)
    for (const { entries } of receipts) {
      for (const { cause, legs } of entries) {
        if (cause !== 'gas') continue
        for (const { owner, amount } of legs) {
          if (amount < 0n) payers.set(owner, (payers.get(owner) ?? 0n) - sign * amount)
        }
      }
    }
  }
}
