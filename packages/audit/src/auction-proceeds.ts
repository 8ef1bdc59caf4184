// Where the money and the lots of an auction go: what was paid goes to the debt first, and what the debt misses at the end is booked
// as bad debt at once (C-6).
import type { Address } from '@solvent/primitives'
import type { AuctionBook } from './auction-book.ts'
import type { AuctionEvent, JudgedAuction } from './auction-record.ts'
import type { Scope } from './chain-record.ts'
import { moved, type PoolRecord, statedBadDebt } from './credit-pool.ts'
import type { Tally } from './tally.ts'

export class AuctionProceeds {
  readonly #tally: Tally
  readonly #book: AuctionBook

  constructor(tally: Tally, book: AuctionBook) {
    this.#tally = tally
    this.#book = book
  }

  /** Judges what became of a payment. */
  paid(
    scope: Scope,
    { pool, record, complain }: JudgedAuction,
    { paid, recovered, isOver }: Pick<AuctionEvent<'auction-sold'>, 'paid' | 'recovered' | 'isOver'>,
  ): void {
    const due = paid < record.owed ? paid : record.owed
    if (recovered !== due) complain(`${recovered} go to the debt, due are ${due}`)
    const cash = moved(scope, record.debt, 'POOL', pool.spec.address)
    const shared = paidByOthers(scope, pool, record.debt)
    if (cash !== recovered + shared) complain(`the reserve got ${cash} of ${recovered} and ${shared}`)
    const reserve = pool.reserves.get(record.debt)
    if (reserve !== undefined) this.#book.awaits(scope, reserve, isOver ? -record.owed : -recovered)
    this.#tally.checked['C-6']++
    const missing = isOver ? record.owed - due : 0n
    const stated = statedBadDebt(scope, pool, record.debt, record.borrower)
    if (stated === missing) return
    const { chainId, name } = pool.spec
    const detail = `pool ${name}: an auction misses ${missing} of a debt, ${stated} is booked`
    this.#tally.breach('C-6', scope.atMs, chainId, detail)
  }
}

/** What an account other than the auctions' gained by the entry of an auction. */
export function gained(scope: Scope, token: Address, owner: Address): bigint {
  let sum = 0n
  for (const { cause, legs } of scope.receipt.entries)
    if (cause === 'lending-auction')
      for (const leg of legs)
        if (leg.token === token && leg.owner === owner && leg.kind !== 'LIQ') sum += leg.amount
  return sum
}

/** What funds of other pools paid into this one for what the auction missed. */
function paidByOthers({ receipt }: Scope, { spec }: PoolRecord, token: Address): bigint {
  let sum = 0n
  for (const event of receipt.events)
    if (event.kind === 'deficit-covered' && event.pool === spec.address && event.token === token)
      if (event.from !== spec.insurance?.fund) sum += event.amount
  return sum
}
