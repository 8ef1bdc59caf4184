// Suppliers who run: a crowd with thresholds looks at utilisation, at debts written off, at a price, at the news and at each other, and asks for its
// money back. What the pool cannot pay at once waits, and is asked for again at the next look.
import { type Address, BPS, maxBig, minBig } from '@solvent/primitives'
import { type Block, type Call, type Genesis, receiptToken } from '@solvent/protocol'
import { type CreditView, toAssetsDown } from '@solvent/settlement'
import { feltLoss, ThresholdCrowd } from '@solvent/strategies'
import type { PriceFall } from '../parts/price-fall.ts'
import { type LentState, lentState } from './lent-place.ts'
import type { PlannedCall, PopulationDesk } from './population-desk.ts'
import type { SuppliersPlan } from './population-init.ts'
import { partNow } from './spread-sale.ts'

/** Unix seconds; whoever runs does not mind when. */
const FOR_EVER = 2 ** 32 - 1

export class SupplierDesk implements PopulationDesk {
  readonly #plan: SuppliersPlan
  readonly #self: Address
  readonly #view: CreditView
  readonly #crowd: ThresholdCrowd
  readonly #fall: PriceFall
  /** Paid and not brought back, as blocks say. */
  #paid = 0n
  /** On its way back since the last look. */
  #returning = 0n
  /** Since when it has been calm enough to come back, ms after genesis; null: it is not. */
  #calmSinceMs: number | null = null
  /** Of it, sold. */
  #sold = 0n
  /** Sold, or on its way to the market. */
  #offered = 0n
  #looked = -1
  /** The last moment at which something was sold, counted from the start. */
  #soldAt = -1
  #atSeconds: number
  /** Of an isolated market: receipts that they hold, and what has been written off. */
  #shares: bigint
  #badDebt = 0n
  readonly #receipt: Address

  constructor(
    plan: SuppliersPlan,
    self: Address,
    view: CreditView,
    {
      genesis,
      genesisSeconds,
      fall,
    }: { readonly genesis: Genesis; readonly genesisSeconds: number; readonly fall: PriceFall },
  ) {
    this.#atSeconds = genesisSeconds
    this.#fall = fall
    const receipt = receiptToken(plan.pool, plan.token)
    this.#receipt = receipt
    this.#shares = genesis.balances.reduce(
      (sum, { owner, token, amount }) => (owner === self && token === receipt ? sum + amount : sum),
      0n,
    )
    this.#plan = plan
    this.#self = self
    this.#view = view
    this.#crowd = new ThresholdCrowd(plan.members, plan.herding)
  }

  followed(block: Block): void {
    this.#fall.followed(block)
    this.#book(block, 1n)
  }

  orphaned(block: Block): void {
    this.#fall.orphaned(block)
    this.#book(block, -1n)
  }

  act(elapsedMs: number): PlannedCall[] {
    return [...this.#look(elapsedMs), ...this.#sale(elapsedMs)]
  }

  #look(elapsedMs: number): PlannedCall[] {
    const look = Math.floor(elapsedMs / this.#plan.checkMs)
    const reserve = lentState(this.#view, this.#plan, this.#atSeconds, this.#badDebt)
    if (look <= this.#looked || reserve === undefined) return []
    this.#looked = look
    // What has not got into a block since the last look is offered again.
    this.#offered = this.#sold
    // After a restart blocks tell what was paid to people of whom this life knows nothing yet.
    this.#crowd.assumeGone(this.#paid - this.#returning)
    this.#returning = 0n
    const news = this.#news(elapsedMs, reserve)
    const left = this.#crowd.leave(news)
    if (left.members === 0) this.#comeBack(news, elapsedMs)
    const amount = minBig(minBig(this.#crowd.amountGone - this.#paid, reserve.cash), this.#worth())
    const { pool, token } = this.#plan
    const withdraw: Call = { kind: 'withdraw', pool, token, amount }
    return amount > 0n ? [{ call: withdraw, ref: `withdraw/${look}` }] : this.#return(look)
  }

  /** A generation comes back once it has been calm for long enough. */
  #comeBack(news: number, elapsedMs: number): void {
    const { returns } = this.#plan
    if (returns === null) return
    if (!this.#crowd.isCalm(news, returns.below)) {
      this.#calmSinceMs = null
      return
    }
    this.#calmSinceMs ??= elapsedMs
    if (elapsedMs - this.#calmSinceMs >= returns.calmMs) this.#crowd.comeBack(news, returns.below)
  }

  /** What those who are back had been paid, as far as they have not sold it. */
  #return(look: number): PlannedCall[] {
    const amount = minBig(this.#paid - this.#crowd.amountGone, this.#paid - this.#sold)
    if (amount <= 0n) return []
    this.#returning = amount
    const { pool, token } = this.#plan
    return [{ call: { kind: 'supply', pool, token, amount }, ref: `return/${look}` }]
  }

  /** What of the money that blocks have shown them they have not sold yet: as much as falls on this sale of those until the next look. */
  #sale(elapsedMs: number): PlannedCall[] {
    const { sells, token, checkMs } = this.#plan
    if (sells === null || this.#looked < 0) return []
    const soldAt = Math.floor(elapsedMs / sells.everyMs)
    if (soldAt <= this.#soldAt) return []
    this.#soldAt = soldAt
    const unsold = (this.#paid * sells.shareBps) / BPS - maxBig(this.#sold, this.#offered)
    const amountIn = partNow({ unsold, elapsedMs, checkMs, everyMs: sells.everyMs })
    if (amountIn === 0n) return []
    this.#offered = maxBig(this.#sold, this.#offered) + amountIn
    const call: Call = {
      kind: 'swap',
      market: sells.market,
      tokenIn: token,
      amountIn,
      minAmountOut: 0n,
      recipient: this.#self,
      deadline: FOR_EVER,
    }
    return [{ call, ref: `sell/${soldAt}` }]
  }

  nextMs(elapsedMs: number): number {
    const next = (everyMs: number): number => (Math.floor(elapsedMs / everyMs) + 1) * everyMs
    const { sells, checkMs } = this.#plan
    return sells === null ? next(checkMs) : Math.min(next(checkMs), next(sells.everyMs))
  }

  get summary(): string {
    const { gone, left, amountGone } = this.#crowd
    return `${gone} of ${gone + left} have left, ${maxBig(0n, amountGone - this.#paid)} base units wait`
  }

  #news(elapsedMs: number, reserve: LentState): number {
    const { weights, news, lossAversion } = this.#plan
    const claims = Number(reserve.claims)
    const publicly = (news.findLast((each) => each.elapsedMs <= elapsedMs)?.level ?? 0) + this.#fall.pressure
    if (claims === 0) return publicly
    const lost = feltLoss(Number(reserve.badDebt) / claims, lossAversion)
    const utilisation = 1 - Number(reserve.cash) / claims
    return publicly + weights.utilisation * utilisation + weights.badDebt * lost
  }

  /** Of an isolated market: what their shares are worth, which bad debt has made less. */
  #worth(): bigint {
    const totals = this.#view.isolated.totalsAt(this.#plan.pool, this.#atSeconds)
    return totals === null ? this.#crowd.amountGone : toAssetsDown(this.#shares, totals.supply)
  }

  #book({ header, receipts }: Block, sign: 1n | -1n): void {
    this.#atSeconds = header.timestamp
    for (const { entries } of header.number === 0 ? [] : receipts)
      for (const { legs } of entries)
        for (const { owner, token, amount } of legs)
          if (owner === this.#self && token === this.#receipt) this.#shares += sign * amount
    for (const { events } of receipts)
      for (const event of events)
        if (
          (event.kind === 'withdrawn' || event.kind === 'isolated-withdrawn') &&
          event.user === this.#self &&
          event.pool === this.#plan.pool &&
          !('token' in event && event.token !== this.#plan.token)
        )
          this.#paid += sign * event.amount
        else if (
          (event.kind === 'supplied' || event.kind === 'isolated-supplied') &&
          event.user === this.#self &&
          event.pool === this.#plan.pool &&
          !('token' in event && event.token !== this.#plan.token)
        )
          this.#paid -= sign * event.amount
        else if (event.kind === 'isolated-liquidated' && event.pool === this.#plan.pool)
          this.#badDebt += sign * event.badDebt
        else if (
          event.kind === 'swapped' &&
          event.sender === this.#self &&
          event.market === this.#plan.sells?.market
        )
          this.#sold += sign * event.amountIn
  }
}
