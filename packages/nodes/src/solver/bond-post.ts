// What a solver puts at stake with each auctioneer before it bids: a transfer of its inventory, once, set aside until it has left. A second
// one is never signed, since the transaction has a name. docs/models/disciplines.md.
import type { TimerId } from '@solvent/ports'
import { type ChainId, type Hash32, keccakHex } from '@solvent/primitives'
import type { Receipt } from '@solvent/protocol'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import type { SolverBooks } from './solver-books.ts'
import type { PostedBond } from './solver-init.ts'

/** What refs of such transfers begin with. */
export const BOND = 'bond'
const POSTED = 'bond/posted/'

export class BondPost {
  readonly #books: SolverBooks
  readonly #timers: TimerTable<PostedBond>

  constructor(books: SolverBooks) {
    this.#books = books
    this.#timers = createTimerTable(books.ports.timers)
  }

  /** The balances of this chain are known: the bond is posted once the node has started. */
  onReady(chainId: ChainId): void {
    const { bond } = this.#books.init
    if (bond?.chainId === chainId) this.#timers.set(1, bond)
  }

  onTimer(timer: TimerId): boolean {
    const bond = this.#timers.take(timer)
    if (bond !== undefined) this.#post(bond)
    return bond !== undefined
  }

  #post({ chainId, token, amount }: PostedBond): void {
    const { facts, inventory, ports, send } = this.#books
    for (const { address } of facts.spec.auctioneers) {
      if (ports.store.get(POSTED + address) !== undefined) continue
      if (!inventory.reserve(this.#idOf(address), chainId, token, amount, 'bond')) continue
      send({ chainId, ref: `${BOND}/${address}`, call: { kind: 'transfer', token, to: address, amount } })
    }
  }

  /** A transfer of ours to an auctioneer is in a block. */
  onIncluded(auctioneer: string, receipt: Receipt): void {
    const isPosted = receipt.status === 'ok'
    if (isPosted) this.#books.ports.store.put(POSTED + auctioneer, new Uint8Array(0))
    this.#books.inventory.release(this.#idOf(auctioneer), isPosted ? 'filled' : 'failed')
  }

  #idOf(auctioneer: string): Hash32 {
    return keccakHex(new TextEncoder().encode(`${this.#books.self}/${BOND}/${auctioneer}`))
  }
}
