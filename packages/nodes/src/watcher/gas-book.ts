// What every account has paid for gas: how often a node had to send depends on timing, so equivalence compares
// balances without it. Amounts in wei.
import type { ChainId } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'

export class GasBook {
  readonly #paid = new Map<ChainId, Map<string, bigint>>()

  /** Adds what a block charged; with -1n takes an orphaned block back. */
  block({ header, receipts }: Block, sign: 1n | -1n = 1n): void {
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

  paid(chainId: ChainId, owner: string): bigint {
    return this.#paid.get(chainId)?.get(owner) ?? 0n
  }
}
