// One isolated market by the audit's own reckoning: what all have lent and owe, folded from events; shares, pledges and cash are what the
// journal has.
import type { Address } from '@solvent/primitives'
import { debtToken, type IsolatedMarketSpec, receiptToken } from '@solvent/protocol'
import type { ChainBook } from './book.ts'
import type { Scope } from './chain-record.ts'
import { moved } from './credit-pool.ts'
import type { Part } from './isolated-arithmetic.ts'

/** A million shares for the first unit. */
const FIRST_SHARES = 1_000_000n

export interface IsolatedFacts {
  readonly supplied: bigint
  readonly borrowed: bigint
  /** Unix seconds. */
  readonly updatedAt: number
  readonly rateAtTarget: bigint
  /** Commands that may have left a unit with the market. */
  readonly operations: bigint
}

export class IsolatedRecord {
  readonly spec: IsolatedMarketSpec
  readonly #book: ChainBook
  readonly #shares: Address
  readonly #pledges: Address
  readonly #debts: Address
  /** Debts without a pledge that genesis gave. */
  readonly bareAtGenesis = new Set<string>()
  facts: IsolatedFacts

  constructor(spec: IsolatedMarketSpec, book: ChainBook) {
    this.spec = spec
    this.#book = book
    this.#shares = receiptToken(spec.address, spec.loan.token)
    this.#pledges = receiptToken(spec.address, spec.collateral.token)
    this.#debts = debtToken(spec.address, spec.loan.token)
    this.facts = { supplied: 0n, borrowed: 0n, updatedAt: 0, rateAtTarget: 0n, operations: 0n }
  }

  begin(atSeconds: number): void {
    const { rate } = this.spec
    this.facts = {
      supplied: this.#issued(this.#shares) / FIRST_SHARES,
      borrowed: this.#issued(this.#debts) / FIRST_SHARES,
      updatedAt: atSeconds,
      rateAtTarget: rate.kind === 'adaptive-curve' ? rate.atTargetWad : 0n,
      operations: 0n,
    }
    for (const owner of this.bare()) this.bareAtGenesis.add(owner)
  }

  /** Shares of supply and of debt before what the scope's receipt issued, all but `since` of them. */
  before(scope: Scope, since = 0n): { readonly supply: Part; readonly borrow: Part } {
    const { supplied, borrowed } = this.facts
    const issued = (token: Address) => -moved(scope, token, 'SUPPLY', '')
    return {
      supply: { assets: supplied, shares: this.#issued(this.#shares) - issued(this.#shares) + since },
      borrow: { assets: borrowed, shares: this.#issued(this.#debts) - issued(this.#debts) },
    }
  }

  /** Shares of debt as they are now. */
  get borrowNow(): Part {
    return { assets: this.facts.borrowed, shares: this.#issued(this.#debts) }
  }

  positionNow(owner: string): { readonly pledged: bigint; readonly owed: bigint } {
    return {
      pledged: this.#book.token(this.#pledges).balance('COLLATERAL', owner),
      owed: this.#book.token(this.#debts).balance('BORROWER', owner),
    }
  }

  positionBefore(scope: Scope, owner: string): { readonly pledged: bigint; readonly owed: bigint } {
    const { pledged, owed } = this.positionNow(owner)
    return {
      pledged: pledged - moved(scope, this.#pledges, 'COLLATERAL', owner),
      owed: owed - moved(scope, this.#debts, 'BORROWER', owner),
    }
  }

  get cash(): bigint {
    return this.#book.token(this.spec.loan.token).balance('POOL', this.spec.address)
  }

  /** Pledges and debts that lie where none may lie, in words; null: none. */
  misplaced(): string | null {
    const pledged = this.#book.token(this.#pledges).sum('COLLATERAL')
    const held = this.#book.token(this.spec.collateral.token).balance('POOL', this.spec.address)
    if (pledged !== held || pledged !== this.#issued(this.#pledges))
      return `${held} of the collateral lie in the market, ${pledged} are pledged`
    const owed = this.#book.token(this.#debts).sum('BORROWER')
    const elsewhere = this.#issued(this.#debts) - owed
    return elsewhere === 0n ? null : `${elsewhere} shares of debt are no borrower's`
  }

  /** Who owes and has nothing pledged. */
  *bare(): IterableIterator<string> {
    for (const { kind, owner, balance } of this.#book.token(this.#debts).accounts())
      if (kind === 'BORROWER' && balance > 0n && this.positionNow(owner).pledged === 0n) yield owner
  }

  #issued(token: Address): bigint {
    return -this.#book.token(token).balance('SUPPLY', '')
  }
}
