// One reserve of a lending pool by the audit's own reckoning: indexes, rates, what is set aside, and the itemised account of what
// debts grow more than claims (C-1, C-2). Scaled totals and cash are what the journal has.
import type { Address } from '@solvent/primitives'
import { debtToken, type LendingReserveSpec, receiptToken } from '@solvent/protocol'
import type { ChainBook } from './book.ts'
import { grownIndexes, type Indexes, RAY, ratesOf, treasuryShare } from './credit-arithmetic.ts'

export interface ReserveFacts {
  readonly indexes: Indexes
  readonly rates: Indexes
  /** Unix seconds. */
  readonly updatedAt: number
  readonly forTreasury: bigint
  readonly deficit: bigint
  /** Debts whose collateral is in auctions. */
  readonly auctioned: bigint
  /** When the reserve was last told: the totals then. */
  readonly scaledSupply: bigint
  readonly scaledDebt: bigint
  readonly cash: bigint
  /** What debts have grown more than claims, times RAY: interest on interest, and what nobody is credited with. */
  readonly surplus: bigint
  /** Commands that divided. */
  readonly operations: bigint
}

export class ReserveRecord {
  readonly pool: Address
  /** With the terms as they are now. */
  spec: LendingReserveSpec
  readonly receipt: Address
  readonly debt: Address
  readonly #book: ChainBook
  facts: ReserveFacts

  constructor(pool: Address, spec: LendingReserveSpec, book: ChainBook) {
    this.pool = pool
    this.spec = spec
    this.receipt = receiptToken(pool, spec.token)
    this.debt = debtToken(pool, spec.token)
    this.#book = book
    this.facts = {
      indexes: { supply: RAY, debt: RAY },
      rates: { supply: 0n, debt: spec.terms.rateCurve.baseRay },
      updatedAt: 0,
      forTreasury: 0n,
      deficit: 0n,
      auctioned: 0n,
      scaledSupply: 0n,
      scaledDebt: 0n,
      cash: 0n,
      surplus: 0n,
      operations: 0n,
    }
  }

  /** Takes over what genesis put in. */
  begin(atSeconds: number): void {
    const { scaledSupply, scaledDebt, cash } = this
    const rates = ratesOf(this.spec.terms, { cash, scaledDebt, debtIndex: RAY, deficit: 0n })
    this.facts = { ...this.facts, rates, updatedAt: atSeconds, scaledSupply, scaledDebt, cash }
  }

  get cash(): bigint {
    return this.#book.token(this.spec.token).balance('POOL', this.pool)
  }

  get scaledSupply(): bigint {
    return -this.#book.token(this.receipt).balance('SUPPLY', '')
  }

  get scaledDebt(): bigint {
    return -this.#book.token(this.debt).balance('SUPPLY', '')
  }

  pledgedOf(owner: string): bigint {
    return this.#book.token(this.receipt).balance('COLLATERAL', owner)
  }

  owedOf(owner: string): bigint {
    return this.#book.token(this.debt).balance('BORROWER', owner)
  }

  /** All who owe something. */
  *borrowers(): IterableIterator<string> {
    for (const { kind, owner, balance } of this.#book.token(this.debt).accounts())
      if (kind === 'BORROWER' && balance > 0n) yield owner
  }

  /** Debts and pledges that lie where none may lie, by kind; null: none. */
  misplaced(): string | null {
    const owed = this.#book.token(this.debt)
    const elsewhere = this.scaledDebt - owed.sum('BORROWER')
    return elsewhere === 0n ? null : `${elsewhere} units of debt are no borrower's`
  }

  /** The indexes at a time. */
  indexesAt(now: number): Indexes {
    const { indexes, rates, updatedAt, scaledDebt } = this.facts
    return grownIndexes(indexes, rates, scaledDebt, BigInt(now - updatedAt))
  }

  /** The facts at a time, before anything is done to the reserve then. */
  grownTo(now: number): ReserveFacts {
    const { facts } = this
    const indexes = this.indexesAt(now)
    const more = treasuryShare(facts.scaledDebt, facts.indexes, indexes, this.spec.terms.reserveFactorBps)
    const forTreasury = facts.forTreasury + more
    const debts = facts.scaledDebt * (indexes.debt - facts.indexes.debt)
    const claims = (facts.scaledSupply + facts.forTreasury) * (indexes.supply - facts.indexes.supply)
    const surplus = facts.surplus + debts - claims - more * indexes.supply
    return { ...facts, indexes, forTreasury, surplus, updatedAt: now }
  }

  /** What the books lack of balancing, times RAY: cash, debts and deficit less claims and the itemised surplus. */
  gap(): bigint {
    const { indexes, forTreasury, deficit, auctioned, surplus } = this.facts
    const assets = (this.cash + deficit + auctioned) * RAY + this.scaledDebt * indexes.debt
    return assets - (this.scaledSupply + forTreasury) * indexes.supply - surplus
  }
}
