// A custodian at the window of a lender of last resort, as blocks tell: what of its own it could still pledge, what the window has, and what it owes
// there. It borrows what it cannot pay, as long as its collateral and the window reach, and pays back the oldest loan first.
import { type Address, secondsToMs } from '@solvent/primitives'
import type {
  Block,
  Call,
  DiscountWindowEvent,
  DiscountWindowSpec,
  Genesis,
  NetworkSpec,
} from '@solvent/protocol'
import { CreditView, penaltyOn, pledgeFor } from '@solvent/settlement'
import { ContractHistory } from '../watcher/derivatives/contract-history.ts'

/** Interest runs until the block that pays: so much longer is reckoned with. */
const ON_THE_WAY_SECONDS = 900

interface Loan {
  readonly loan: number
  readonly principal: bigint
  readonly drawnAt: number
}

interface Told {
  readonly event: DiscountWindowEvent
  readonly at: number
}

export interface LastResortPlan {
  readonly window: DiscountWindowSpec
  readonly collateral: Address
}

export class LastResort {
  readonly #window: DiscountWindowSpec
  readonly #collateral: Address
  readonly #account: Address
  readonly #view: CreditView
  readonly #told = new ContractHistory<Told>()
  #free = 0n
  #cash = 0n

  constructor(
    { window, collateral }: LastResortPlan,
    account: Address,
    { spec, genesis }: { readonly spec: NetworkSpec; readonly genesis: Genesis },
  ) {
    this.#window = window
    this.#collateral = collateral
    this.#account = account
    this.#view = new CreditView(spec, window.chainId, genesis)
    for (const leg of genesis.balances) this.#leg(leg, 1n)
  }

  followed(block: Block): void {
    this.#view.followed(block)
    this.#book(block, 1n)
    for (const { events } of block.receipts)
      for (const event of events)
        if ('window' in event && event.window === this.#window.address)
          this.#told.note(block, { event, at: block.header.timestamp })
  }

  orphaned(block: Block): void {
    this.#view.orphaned(block)
    this.#book(block, -1n)
    this.#told.orphaned(block)
  }

  /** What borrows so much; null where the window would refuse it. */
  draw(amount: bigint, atMs: number): Call | null {
    const { address, price, collaterals } = this.#window
    const terms = collaterals.find(({ token }) => token === this.#collateral)
    if (terms === undefined || amount > this.#cash) return null
    const at = Math.floor(atMs / 1_000)
    const [coinE8, collateralE8] = [this.#view.priceBy(price, at), this.#view.priceBy(terms.price, at)]
    if (coinE8 === null || collateralE8 === null) return null
    const pledged = pledgeFor(amount, this.#window, terms, { coinE8, collateralE8 })
    if (pledged > this.#free) return null
    return { kind: 'draw-window', window: address, collateral: this.#collateral, pledged, amount }
  }

  /** What pays its oldest loan back out of so many coins; null: nothing is owed, or they are too few. */
  repayment(coins: bigint, atMs: number): { readonly call: Call; readonly loan: number } | null {
    const oldest = this.#loans()[0]
    if (oldest === undefined) return null
    const { loan, principal, drawnAt } = oldest
    const seconds = Math.max(0, Math.ceil((atMs - secondsToMs(drawnAt)) / 1_000)) + ON_THE_WAY_SECONDS
    if (coins < principal + penaltyOn(principal, seconds, this.#window)) return null
    return { call: { kind: 'repay-window', window: this.#window.address, loan }, loan }
  }

  #loans(): Loan[] {
    const open = new Map<number, Loan>()
    for (const { event, at } of this.#told.facts()) {
      if (event.kind !== 'window-drawn') open.delete(event.loan)
      else if (event.borrower === this.#account)
        open.set(event.loan, { loan: event.loan, principal: event.amount, drawnAt: at })
    }
    return [...open.values()]
  }

  #book({ header, receipts }: Block, sign: 1n | -1n): void {
    if (header.number === 0) return
    for (const { entries } of receipts)
      for (const { legs } of entries) for (const leg of legs) this.#leg(leg, sign)
  }

  #leg(
    { kind, owner, token, amount }: { kind: string; owner: string; token: Address; amount: bigint },
    sign: 1n | -1n,
  ): void {
    if (owner === this.#account && token === this.#collateral) this.#free += sign * amount
    if (kind === 'POOL' && owner === this.#window.address && token === this.#window.token)
      this.#cash += sign * amount
  }
}
