// What a custodian does: lends on what is there when its time comes, pays those who ask as long as there are coins, says that it has
// stopped at the first request that it cannot meet, and is wound up later. Its customers see prices, news, coins that leave the address and
// each other; its books they do not see.
import { type Address, BPS, divUp, minBig } from '@solvent/primitives'
import type { Block, Call } from '@solvent/protocol'
import { withdrawFrom } from '@solvent/settlement'
import { ThresholdCrowd } from '@solvent/strategies'
import type { PriceFall } from '../parts/price-fall.ts'
import type { PlannedCall } from '../population/population-desk.ts'
import { CustodianBooks } from './custodian-books.ts'
import type { CustodianPlan } from './custodian-init.ts'
import type { LastResort } from './last-resort.ts'

export interface DeskMoment {
  readonly elapsedMs: number
  readonly genesisMs: number
  /** Transactions are on their way: what they change is not in the books yet. */
  readonly isBusy: boolean
  /** Whether something has been sent under this reference. */
  readonly isSent: (ref: string) => boolean
}

/** Coins that are lost to somebody, and what becomes public with that. */
export interface ManagerLoss {
  readonly amount: bigint
  readonly to: Address
  readonly newsPercent: number
}

const PERCENT = 100

export class CustodianDesk {
  readonly #plan: CustodianPlan
  readonly #books: CustodianBooks
  readonly #crowd: ThresholdCrowd
  /** The price that customers look at. */
  readonly #fall: PriceFall
  readonly #lastResort: LastResort | null
  #looked = -1
  /** The look at which it asked the window for coins. */
  #drewAt = -1
  /** Losses of which it has been told, the oldest first; the first `#lost` of them are sent. */
  readonly #losses: ManagerLoss[] = []
  #lost = 0

  constructor(
    plan: CustodianPlan,
    liquid: bigint,
    { fall, lastResort }: { readonly fall: PriceFall; readonly lastResort: LastResort | null },
  ) {
    this.#plan = plan
    this.#lastResort = lastResort
    this.#books = new CustodianBooks(plan, liquid)
    this.#crowd = new ThresholdCrowd(plan.customers.members, plan.customers.herding)
    this.#fall = fall
  }

  followed(block: Block): void {
    this.#fall.followed(block)
    this.#lastResort?.followed(block)
    this.#books.followed(block)
  }

  orphaned(block: Block): void {
    this.#fall.orphaned(block)
    this.#lastResort?.orphaned(block)
    this.#books.orphaned(block)
  }

  act({ elapsedMs, genesisMs, isBusy, isSent }: DeskMoment): PlannedCall[] {
    const { status } = this.#books.book()
    if (status === 'open') {
      if (isBusy) return []
      const loss = this.#nextLoss(elapsedMs)
      if (loss !== null) return [loss]
      const loans = this.#loans(elapsedMs).filter(({ ref }) => !isSent(ref))
      return loans.length > 0 ? loans.slice(0, 1) : this.#withdrawals(elapsedMs, genesisMs)
    }
    if (status === 'halted') return this.#windUp(elapsedMs, genesisMs)
    const { custodian } = this.#plan
    return this.#books.claims().map(({ holder }) => ({
      call: { kind: 'claim-estate', custodian: custodian.address, holder },
      ref: `estate/${holder}`,
    }))
  }

  nextMs(elapsedMs: number): number {
    const { checkMs } = this.#plan.customers
    return (Math.floor(elapsedMs / checkMs) + 1) * checkMs
  }

  get summary(): string {
    const { status, liquid, owed } = this.#books.book()
    return `${status}, ${liquid} base units for claims of ${owed}, ${this.#books.paid} paid`
  }

  #loans(elapsedMs: number): PlannedCall[] {
    const { affiliate, loans, custodian } = this.#plan
    if (affiliate === null) return []
    const { liquid } = this.#books.book()
    return loans.flatMap(({ elapsedMs: dueMs, amount }, index) => {
      const lent = minBig(amount, liquid)
      if (elapsedMs < dueMs || lent === 0n) return []
      const call: Call = { kind: 'transfer', token: custodian.token, to: affiliate, amount: lent }
      return [{ call, ref: `loan/${index}` }]
    })
  }

  /** Its manager loses coins; false once it has halted, when nobody trades with them any more. */
  lose(loss: ManagerLoss): boolean {
    if (this.#books.book().status !== 'open') return false
    this.#losses.push(loss)
    return true
  }

  #nextLoss(elapsedMs: number): PlannedCall | null {
    const loss = this.#losses[this.#lost]
    if (loss === undefined) return null
    const ref = `loss/${elapsedMs}/${this.#lost}`
    this.#lost += 1
    const amount = minBig(loss.amount, this.#books.book().liquid)
    if (amount === 0n) return this.#nextLoss(elapsedMs)
    return { call: { kind: 'transfer', token: this.#plan.custodian.token, to: loss.to, amount }, ref }
  }

  /** Pays what has been asked for since the last look as far as its rule lets it, and says so when that is not all. */
  #withdrawals(elapsedMs: number, genesisMs: number): PlannedCall[] {
    const { customers, custodian, haltBelowBps } = this.#plan
    const look = Math.floor(elapsedMs / customers.checkMs)
    if (look <= this.#looked) return []
    this.#looked = look
    // After a restart blocks tell what was paid to people of whom this life knows nothing yet.
    this.#crowd.assumeGone(this.#books.paid)
    this.#crowd.leave(this.#pressure(elapsedMs))
    const asked = this.#crowd.amountGone - this.#books.paid
    const book = this.#books.book()
    if (asked <= 0n) return this.#repayment(book.liquid, genesisMs + elapsedMs)
    const rules = { haltBelowBps }
    const amount = minBig(asked, payable(book, haltBelowBps))
    const calls: PlannedCall[] = []
    const paid = withdrawFrom(book, custodian.customers, amount, rules)
    if (paid.status === 'paid')
      calls.push({
        call: { kind: 'transfer', token: custodian.token, to: custodian.customers, amount },
        ref: `withdraw/${look}`,
      })
    const left = paid.status === 'paid' ? paid.book : book
    const drawn = amount < asked ? this.#draw({ asked, book, look, atMs: genesisMs + elapsedMs }) : null
    if (drawn !== null) return [...calls, drawn]
    if (amount < asked && withdrawFrom(left, custodian.customers, asked - amount, rules).status === 'halts')
      calls.push({ call: { kind: 'halt-withdrawals', custodian: custodian.address }, ref: 'halt' })
    return calls
  }

  /** Borrows what is missing, once: who is still short at the next look was refused. */
  #draw({ asked, book, look, atMs }: Short): PlannedCall | null {
    const { haltBelowBps } = this.#plan
    if (this.#lastResort === null || this.#drewAt === look - 1) return null
    const kept = divUp((book.owed - asked) * haltBelowBps, BPS)
    const call = this.#lastResort.draw(asked + kept - book.liquid, atMs)
    if (call === null) return null
    this.#drewAt = look
    return { call, ref: `draw/${look}` }
  }

  /** What nobody asks for pays the window back. */
  #repayment(liquid: bigint, atMs: number): PlannedCall[] {
    const repaid = this.#lastResort?.repayment(liquid, atMs) ?? null
    return repaid === null ? [] : [{ call: repaid.call, ref: `repay-window/${repaid.loan}` }]
  }

  #windUp(elapsedMs: number, genesisMs: number): PlannedCall[] {
    const { windUpAfterMs, custodian } = this.#plan
    const { haltedAtMs } = this.#books
    const isDue =
      windUpAfterMs !== null && haltedAtMs !== null && genesisMs + elapsedMs >= haltedAtMs + windUpAfterMs
    if (!isDue) return []
    return [
      {
        call: { kind: 'wind-up-custodian', custodian: custodian.address, claims: this.#books.claims() },
        ref: 'wind-up',
      },
    ]
  }

  #pressure(elapsedMs: number): number {
    const { news, coins } = this.#plan.customers
    const publicly = news.findLast((each) => each.elapsedMs <= elapsedMs)?.level ?? 0
    const ofLosses = this.#losses.reduce((sum, { newsPercent }) => sum + newsPercent, 0) / PERCENT
    return publicly + ofLosses + coins * this.#books.shareGone + this.#fall.pressure
  }
}

interface Short {
  readonly asked: bigint
  readonly book: { readonly liquid: bigint; readonly owed: bigint }
  readonly look: number
  readonly atMs: number
}

/** The most that leaves coins above the share of claims at which it halts: coins − x ≥ share · (claims − x). */
function payable(
  { liquid, owed }: { readonly liquid: bigint; readonly owed: bigint },
  haltBelowBps: bigint,
): bigint {
  if (haltBelowBps >= BPS) return liquid >= owed ? liquid : 0n
  const most = (liquid * BPS - owed * haltBelowBps) / (BPS - haltBelowBps)
  return most > 0n ? minBig(most, liquid) : 0n
}
