// What a receipt owes those who trade in a limit order book: makers and takers what fills say, less the fee of who takes; owners what waits no more or
// begins to wait; the operator the rest of the fee. What the journal moved is taken off, and nothing must be left.
import type { Address } from '@solvent/primitives'
import type { BookSide, ChainEvent, JournalEntry, MarketSpec, OrderBookDesign } from '@solvent/protocol'

export type BookSpec = MarketSpec & { readonly design: OrderBookDesign }
export type Filled = Extract<ChainEvent, { kind: 'limit-order-filled' }>

/** Lots at a price in ticks. */
interface Resting {
  readonly owner: Address
  readonly side: BookSide
  readonly lots: bigint
  readonly price: number
}

const PIPS = 1_000_000n

export class BookDues {
  readonly #spec: BookSpec
  /** By owner and token. */
  #due = new Map<string, bigint>()

  constructor(spec: BookSpec) {
    this.#spec = spec
  }

  /** What a fill moves between those who trade. */
  filled(event: Filled, side: BookSide, recipient: Address): void {
    const { token0, token1, design } = this.#spec
    const { maker, taker, lots, priceTicks, fee, rebate } = event
    const [base, value] = amountsOf(design, lots, priceTicks)
    const [given, got, amountIn, amountOut] =
      side === 'sell' ? [token0, token1, base, value] : [token1, token0, value, base]
    this.#add(taker, given, -amountIn)
    this.#add(maker, given, amountIn)
    this.#add(recipient, got, amountOut - fee)
    this.#add(maker, got, rebate)
    this.#add(design.operator, got, fee - rebate)
  }

  /** Begins to wait, and lies in the book. */
  rested(order: Resting): void {
    this.#add(order.owner, ...this.#behind(order, -1n))
  }

  /** Waits no more, and goes back to its owner. */
  returned(order: Resting): void {
    this.#add(order.owner, ...this.#behind(order, 1n))
  }

  /** What is still owed once the receipt's entries have moved what they move, as a breach would say it; then nothing is. */
  settle(entries: readonly JournalEntry[]): string[] {
    for (const { cause, legs } of entries) {
      if (cause !== 'place-orders' && cause !== 'swap') continue
      for (const { kind, owner, token, amount } of legs)
        if (kind !== 'POOL' || owner !== this.#spec.address) this.#add(owner, token, -amount)
    }
    const open = [...this.#due].filter(([, amount]) => amount !== 0n)
    this.#due = new Map()
    return open.map(([key, amount]) => `owes ${amount} more to ${key}`)
  }

  /** Of a sell lots of the first token, of a buy their price in the second. */
  #behind({ side, lots, price }: Resting, sign: bigint): [Address, bigint] {
    const { token0, token1, design } = this.#spec
    const [base, value] = amountsOf(design, lots, price)
    return side === 'sell' ? [token0, sign * base] : [token1, sign * value]
  }

  #add(owner: string, token: Address, amount: bigint): void {
    const key = `${owner}/${token}`
    this.#due.set(key, (this.#due.get(key) ?? 0n) + amount)
  }
}

/** What is wrong with the fee of a fill, which is rounded up, or with the part of it that its maker gets, rounded down; null: nothing. */
export function feeProblem(design: OrderBookDesign, event: Filled, side: BookSide): string | null {
  const { takerFeePips, makerRebatePips } = design
  const { lots, priceTicks, fee, rebate } = event
  const [base, value] = amountsOf(design, lots, priceTicks)
  const received = side === 'sell' ? value : base
  const exact = received * BigInt(takerFeePips)
  const isFee = fee * PIPS >= exact && (fee - 1n) * PIPS < exact
  const shared = received * BigInt(makerRebatePips)
  const isRebate = rebate * PIPS <= shared && (rebate + 1n) * PIPS > shared
  return isFee && isRebate ? null : `takes a fee of ${fee} and gives ${rebate} of it on ${received}`
}

/** So many lots in the first token, and in the second at a price. */
export function amountsOf(
  { lotSize, tickSize }: OrderBookDesign,
  lots: bigint,
  priceTicks: number,
): [base: bigint, value: bigint] {
  return [lots * lotSize, lots * BigInt(priceTicks) * tickSize]
}
