// Keeps the mix of what a solver holds on a chain: when fills have drained one token, it buys that back with another, split over the ways there are to
// it, from what is not set aside. What is on its way to the chain counts as there.
import type { Address, ChainId } from '@solvent/primitives'
import type { Block, Receipt } from '@solvent/protocol'
import type { SaleLeg } from '@solvent/settlement'
import { planTransfer, type Transfer } from '../rebalance-plan.ts'
import type { SolverBooks } from '../solver-books.ts'
import { TransitBook } from '../transit-book.ts'
import type { Pair } from './market-sourcing.ts'
import { PATIENCE_MS, Purchases } from './purchases.ts'
import type { Step } from './step.ts'

const UNIT = 10n ** 24n

export class Restocker {
  readonly #books: SolverBooks
  readonly #purchases: Purchases
  readonly #transit: TransitBook

  constructor(books: SolverBooks) {
    this.#books = books
    this.#purchases = new Purchases(books)
    this.#transit = new TransitBook(books.self)
  }

  /** After a block has been read: one purchase for its chain at a time. */
  onBlock({ header: { chainId, number, timestamp }, receipts }: Block): void {
    const { init, isReady, ports, distress } = this.#books
    if (init.sourcing === null) return
    for (const { events } of receipts) for (const event of events) this.#transit.onEvent(chainId, event)
    if (!isReady(chainId) || this.#purchases.isBusy(chainId) || distress.isInDefault) return
    // After a restart the past is read again.
    if (ports.clock.nowMs() - timestamp * 1_000 > PATIENCE_MS) return
    this.#buy(chainId, number)
  }

  /** True when the transaction is one of its own. */
  onIncluded(ref: string, receipt: Receipt): boolean {
    return this.#purchases.onIncluded(ref, receipt)
  }

  onAbandoned(ref: string): boolean {
    return this.#purchases.onAbandoned(ref)
  }

  /** What is missing most by value. */
  #buy(chainId: ChainId, block: number): void {
    const { facts, sourcing } = this.#books
    let most: Transfer<Address> | null = null
    for (const pair of sourcing.pairs()) {
      const plan = pair.chainId === chainId ? this.#plan(pair) : null
      if (plan !== null && (most === null || plan.amount > most.amount)) most = plan
    }
    if (most === null) return
    const unitE8 = facts.valueE8(chainId, most.from, UNIT)
    const amount = unitE8 === 0n ? 0n : (most.amount * UNIT) / unitE8
    const legs = sourcing.split({ chainId, sold: most.from, bought: most.to }, amount)
    for (const [index, { path, amountIn }] of apart(legs).entries())
      this.#purchases.begin({ chainId, name: `${block}/${index}`, steps: path, index: 0 }, amountIn)
  }

  #plan({ chainId, tokens }: Pair): Transfer<Address> | null {
    const { init, inventory, slow, facts } = this.#books
    const worth = (token: Address, amount: bigint): bigint => facts.valueE8(chainId, token, amount)
    return planTransfer(
      tokens.map((at) => ({
        at,
        free: worth(at, inventory.free(chainId, at)),
        held: worth(at, inventory.balance(chainId, at) + this.#transit.arriving(chainId, at)),
        reference: worth(at, slow.reference(chainId, at)),
      })),
      init.sourcing?.bandBps ?? 0,
    )
  }
}

/** Largest first, those that share no step with one before: the rest is looked at again when these are done. */
function apart(legs: readonly SaleLeg<Step>[]): SaleLeg<Step>[] {
  const used = new Set<Step>()
  return legs
    .toSorted((a, b) => (a.amountIn < b.amountIn ? 1 : a.amountIn > b.amountIn ? -1 : 0))
    .filter(({ path }) => {
      if (path.some((step) => used.has(step))) return false
      for (const step of path) used.add(step)
      return true
    })
}
