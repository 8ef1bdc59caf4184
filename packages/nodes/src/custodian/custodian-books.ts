// The books of a custodian, as far as the chain changes them: what came in makes claims, or ends a loan when the borrower sent it; what
// went out was a withdrawal, a loan, or lost. Nobody but the custodian reads them.
import { type Address, secondsToMs } from '@solvent/primitives'
import type { Block, EstateClaim } from '@solvent/protocol'
import type { CustodianBook } from '@solvent/settlement'
import type { CustodianPlan } from './custodian-init.ts'

export class CustodianBooks {
  readonly #plan: CustodianPlan
  readonly #claims = new Map<Address, bigint>()
  readonly #startLiquid: bigint
  #liquid: bigint
  #lent: bigint
  #paid = 0n
  #status: CustodianBook['status'] = 'open'
  /** Unix ms of the block in which it halted. */
  #haltedAtMs: number | null = null

  constructor(plan: CustodianPlan, liquid: bigint) {
    this.#plan = plan
    this.#startLiquid = liquid
    this.#liquid = liquid
    this.#lent = plan.lent
    const owed = plan.customers.members.reduce((sum, { amount }) => sum + amount, 0n)
    if (owed > 0n) this.#claims.set(plan.custodian.customers, owed)
  }

  /** As the rules of custodian-book.ts take them. */
  book(): CustodianBook {
    const owed = [...this.#claims.values()].reduce((sum, claim) => sum + claim, 0n)
    const status = this.#status
    return { claims: this.#claims, owed, liquid: this.#liquid, lent: this.#lent, status, estate: null }
  }

  claims(): EstateClaim[] {
    return [...this.#claims]
      .map(([holder, amount]) => ({ holder, amount }))
      .filter(({ amount }) => amount > 0n)
  }

  /** Withdrawals that are in blocks. */
  get paid(): bigint {
    return this.#paid
  }

  get haltedAtMs(): number | null {
    return this.#haltedAtMs
  }

  /** The part of the coins of the start that is not at the address any more: anyone can see it. */
  get shareGone(): number {
    if (this.#startLiquid === 0n || this.#liquid >= this.#startLiquid) return 0
    return 1 - Number(this.#liquid) / Number(this.#startLiquid)
  }

  followed(block: Block): void {
    this.#book(block, 1n)
  }

  orphaned(block: Block): void {
    this.#book(block, -1n)
  }

  #book({ header, receipts }: Block, sign: 1n | -1n): void {
    if (header.number === 0) return
    const { custodian } = this.#plan
    for (const { entries, events } of receipts) {
      for (const { cause, legs } of entries) {
        const own = legs.find(({ owner, token }) => owner === custodian.account && token === custodian.token)
        if (own === undefined) continue
        this.#liquid += sign * own.amount
        const other = legs.find(
          ({ owner, token, kind }) =>
            owner !== custodian.account && token === custodian.token && kind !== 'BURN',
        )
        if (cause === 'transfer' && other !== undefined) this.#moved(other.owner as Address, own.amount, sign)
      }
      for (const event of events) {
        if (!('custodian' in event) || event.custodian !== custodian.address) continue
        if (event.kind === 'withdrawals-halted') {
          this.#status = sign > 0n ? 'halted' : 'open'
          this.#haltedAtMs = sign > 0n ? secondsToMs(header.timestamp) : null
        }
        if (event.kind === 'custodian-wound-up') this.#status = sign > 0n ? 'wound-up' : 'halted'
      }
    }
  }

  /** @param amount that came in (below 0: went out) */
  #moved(other: Address, amount: bigint, sign: 1n | -1n): void {
    if (other === this.#plan.affiliate) {
      this.#lent -= sign * amount
      return
    }
    // What goes to others than customers is lost: nobody's claim falls.
    if (amount < 0n && other !== this.#plan.custodian.customers) return
    this.#claims.set(other, (this.#claims.get(other) ?? 0n) + sign * amount)
    if (amount < 0n) this.#paid -= sign * amount
  }
}
