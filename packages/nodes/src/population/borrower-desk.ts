// Borrowers who look after their loans: each waits for a price of its own, and then pays back until it is healthy again or its savings
// are gone. Whoever no move of the price touches costs nothing; those who do not watch are accounts in the pool and nothing here.
import { type Address, minBig } from '@solvent/primitives'
import type { Block, Call } from '@solvent/protocol'
import { type CreditView, onePairLoan, pairPriceE18 } from '@solvent/settlement'
import { priceAtHealth, RescueQueue, repaymentTo } from '@solvent/strategies'
import type { PlannedCall, PopulationDesk } from './population-desk.ts'
import type { BorrowersPlan } from './population-init.ts'

export class BorrowerDesk implements PopulationDesk {
  readonly #plan: BorrowersPlan
  readonly #self: Address
  readonly #view: CreditView
  readonly #places: ReadonlyMap<Address, number>
  readonly #queue = new RescueQueue()
  /** Spent by member, as blocks say. */
  readonly #spent = new Map<number, bigint>()
  /** Those who wait for a price; the others are acting, broke or without a loan. */
  readonly #waiting = new Set<number>()
  #atSeconds: number
  #number = 0
  #rescues = 0

  constructor(plan: BorrowersPlan, self: Address, view: CreditView, genesisSeconds: number) {
    this.#plan = plan
    this.#self = self
    this.#view = view
    this.#atSeconds = genesisSeconds
    this.#places = new Map(plan.watchers.map(({ address }, member) => [address, member]))
    plan.watchers.forEach((_, member) => this.#wait(member))
  }

  followed({ header, receipts }: Block): void {
    this.#atSeconds = header.timestamp
    this.#number = header.number
    this.#book(receipts, 1n)
  }

  orphaned({ receipts }: Block): void {
    this.#book(receipts, -1n)
  }

  act(): PlannedCall[] {
    const price = pairPriceE18(this.#view, this.#plan, this.#atSeconds)
    if (price === null) return []
    const calls: PlannedCall[] = []
    for (const { member } of this.#queue.due(Number(price))) {
      this.#waiting.delete(member)
      const call = this.#rescue(member)
      if (call !== null) calls.push(call)
    }
    return calls
  }

  nextMs(): null {
    return null
  }

  get summary(): string {
    return `${this.#plan.watchers.length} watch their loans, ${this.#queue.waiting} wait, ${this.#rescues} payments`
  }

  #rescue(member: number): PlannedCall | null {
    const { address, target } = this.#plan.watchers[member]!
    const loan = this.#loanOf(member)
    const savings = this.#savingsOf(member)
    if (loan === null || savings <= 0n) return null
    const amount = minBig(savings, repaymentTo(target, loan, loan))
    if (amount <= 0n) return null
    this.#rescues += 1
    const call: Call = {
      kind: 'repay',
      pool: this.#plan.pool,
      token: this.#plan.debt,
      amount,
      onBehalfOf: address,
    }
    return { call, ref: `repay/${member}/${this.#number}` }
  }

  /** Waits for the price at which its loan, as it is now, is too little healthy. */
  #wait(member: number): void {
    if (this.#waiting.has(member) || this.#savingsOf(member) <= 0n) return
    const loan = this.#loanOf(member)
    if (loan === null) return
    const { actsBelow } = this.#plan.watchers[member]!
    this.#waiting.add(member)
    this.#queue.add({ member, level: Number(priceAtHealth(actsBelow, loan, loan.liquidationThresholdBps)) })
  }

  #loanOf(member: number) {
    const { pool, collateral, debt } = this.#plan
    const owner = this.#plan.watchers[member]!.address
    return onePairLoan(this.#view, { pool, owner, collateral, debt }, this.#atSeconds)
  }

  #savingsOf(member: number): bigint {
    return this.#plan.watchers[member]!.savings - (this.#spent.get(member) ?? 0n)
  }

  /** What was paid for whom; after a payment and after a liquidation there is another price to wait for. */
  #book(receipts: Block['receipts'], sign: 1n | -1n): void {
    for (const { events } of receipts)
      for (const event of events) {
        const isPaid = event.kind === 'repaid' || event.kind === 'isolated-repaid'
        if (!isPaid && event.kind !== 'liquidated' && event.kind !== 'isolated-liquidated') continue
        const member = this.#places.get(isPaid ? event.user : event.borrower)
        if (member === undefined || event.pool !== this.#plan.pool) continue
        if (isPaid && event.payer === this.#self)
          this.#spent.set(member, (this.#spent.get(member) ?? 0n) + sign * event.amount)
        this.#wait(member)
      }
  }
}
