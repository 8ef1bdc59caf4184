// The slow view of a solver's own position that its prices may lean on: stock by token, value outstanding by bridge.
// What an auction decides counts at the auction's close, which the order names; everything else at its block's time.
import type { Address, ChainId, OrderId } from '@solvent/primitives'
import { SlowLedger } from './slow-ledger.ts'

interface Commitment {
  readonly stock: string
  readonly amount: bigint
  readonly exposure: string
  readonly valueE8: bigint
}

/** What is promised for an order. */
export interface SlowCommitment {
  readonly chainId: ChainId
  readonly token: Address
  readonly amount: bigint
  readonly bridge: Address
  readonly valueE8: bigint
}

export class SlowView {
  readonly #ledger = new SlowLedger()
  readonly #references = new Map<string, bigint>()
  readonly #commitments = new Map<OrderId, Commitment>()
  /** Orders whose promised stock has left by now: the fill's legs are not counted again. */
  readonly #delivered = new Set<OrderId>()

  /** A balance at genesis: what the solver means to hold. */
  begin(chainId: ChainId, token: Address, amount: bigint): void {
    const key = stockKey(chainId, token)
    this.#references.set(key, (this.#references.get(key) ?? 0n) + amount)
    this.#ledger.add(key, 0, amount)
  }

  /** A movement in a block. */
  moved(chainId: ChainId, token: Address, atSeconds: number, delta: bigint): void {
    this.#ledger.add(stockKey(chainId, token), atSeconds, delta)
  }

  /** An order became ours. */
  commit(
    orderId: OrderId,
    atSeconds: number,
    { chainId, token, amount, bridge, valueE8 }: SlowCommitment,
  ): void {
    if (this.#commitments.has(orderId)) return
    const stock = stockKey(chainId, token)
    const exposure = exposureKey(bridge)
    this.#commitments.set(orderId, { stock, amount, exposure, valueE8 })
    this.#ledger.add(stock, atSeconds, -amount)
    this.#ledger.add(exposure, atSeconds, valueE8)
  }

  /** The fill of an order is in a block; true when its stock was counted when it was promised. */
  delivered(orderId: OrderId): boolean {
    if (!this.#commitments.has(orderId)) return false
    this.#delivered.add(orderId)
    return true
  }

  /** An order has ended: its value is no longer outstanding; stock that never left is back. */
  end(orderId: OrderId, atSeconds: number): void {
    const commitment = this.#commitments.get(orderId)
    if (commitment === undefined) return
    this.#commitments.delete(orderId)
    this.#ledger.add(commitment.exposure, atSeconds, -commitment.valueE8)
    if (!this.#delivered.delete(orderId)) this.#ledger.add(commitment.stock, atSeconds, commitment.amount)
  }

  /** What the solver began with. */
  reference(chainId: ChainId, token: Address): bigint {
    return this.#references.get(stockKey(chainId, token)) ?? 0n
  }

  /** What was uncommitted before a cutoff; never negative. */
  stock(chainId: ChainId, token: Address, cutoff: number): bigint {
    const stock = this.#ledger.read(stockKey(chainId, token), cutoff)
    return stock > 0n ? stock : 0n
  }

  /** Value outstanding before a cutoff; never negative. */
  exposureE8(bridge: Address, cutoff: number): bigint {
    const exposure = this.#ledger.read(exposureKey(bridge), cutoff)
    return exposure > 0n ? exposure : 0n
  }
}

function stockKey(chainId: ChainId, token: Address): string {
  return `stock/${chainId}/${token}`
}

function exposureKey(bridge: Address): string {
  return `exposure/${bridge}`
}
