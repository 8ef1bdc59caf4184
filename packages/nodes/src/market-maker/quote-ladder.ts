// What a market maker would have in a book: bids below and asks above the outside price, level by level, as far as its money goes, and wider
// as the outside price moves more. It stands aside while that moves too much, and leaves for good once it has lost too much against just
// holding what it began with: who is picked off by those who know more loses exactly that. Sources: Glosten, Milgrom 1985 (why a spread);
// RiskMetrics 1996 (the weighted variance, λ = 0.94); Anand, Venkataraman 2016 (makers who withdraw together when volatility is high).
import { absBig, BPS, divFloor, divUp, minBig } from '@solvent/primitives'
import type { NewBookOrder, OrderBookDesign } from '@solvent/protocol'

export interface MakerRules {
  /** Between the outside price and the first level, at rest. */
  readonly halfSpreadBps: number
  /** Between one level and the next. */
  readonly stepBps: number
  readonly levels: number
  /** Lots on each level, at most. */
  readonly lotsPerLevel: bigint
  /** How much of a standard deviation of the outside price from block to block the spread is wider by. */
  readonly widening: number
  /** It stands aside while that deviation is above this; null: never. */
  readonly standsAsideAboveBps: number | null
  /** It leaves for good at this loss against holding; null: never. */
  readonly leavesAtLossBps: number | null
  /** It quotes anew when the price has moved by so much. */
  readonly requoteBps: number
}

export interface MakerMoney {
  readonly amount0: bigint
  readonly amount1: bigint
}

/** Base units of the second token for one of the first: kept as it is written, so that round prices give round quotes. */
export interface OutsidePrice {
  readonly numerator: bigint
  readonly denominator: bigint
}

const DECAY = 0.94
const MOVE_PARTS = 1_000_000_000n
/** Parts of a price in which offsets are counted: a hundredth of a basis point. */
const PARTS = BPS * 100n

/** How much the outside price has moved lately, from one look to the next. */
export class RecentMoves {
  #last: OutsidePrice | null = null
  #variance = 0

  seen(price: OutsidePrice): void {
    const last = this.#last
    this.#last = price
    if (last === null || last.numerator === 0n) return
    const [now, before] = [price.numerator * last.denominator, last.numerator * price.denominator]
    const move = Number(((now - before) * MOVE_PARTS) / before) / Number(MOVE_PARTS)
    this.#variance = DECAY * this.#variance + (1 - DECAY) * move * move
  }

  get deviationBps(): number {
    return Math.sqrt(this.#variance) * Number(BPS)
  }
}

/** Whether a price has gone further from another than a maker lets its quotes be. */
export function hasMoved(from: OutsidePrice, to: OutsidePrice, requoteBps: number): boolean {
  const [before, now] = [from.numerator * to.denominator, to.numerator * from.denominator]
  return absBig(now - before) * PARTS > before * BigInt(Math.round(requoteBps * 100))
}

/** What money is worth at a price, in the second token. */
export function worthAt({ amount0, amount1 }: MakerMoney, { numerator, denominator }: OutsidePrice): bigint {
  return (amount0 * numerator) / denominator + amount1
}

/** What has been lost against holding what there was at first, in basis points of that; below 0: gained. */
export function lossBps(first: MakerMoney, now: MakerMoney, price: OutsidePrice): number {
  const held = worthAt(first, price)
  return held === 0n ? 0 : Number(((held - worthAt(now, price)) * PARTS) / held) / 100
}

/** The orders that a maker wants to rest. */
export function ladder(
  rules: MakerRules,
  { lotSize, tickSize }: Pick<OrderBookDesign, 'lotSize' | 'tickSize'>,
  at: { readonly price: OutsidePrice; readonly deviationBps: number; readonly money: MakerMoney },
): NewBookOrder[] {
  const orders: NewBookOrder[] = []
  let lotsLeft = at.money.amount0 / lotSize
  let moneyLeft = at.money.amount1
  for (let level = 0; level < rules.levels; level++) {
    const offset = rules.halfSpreadBps + rules.widening * at.deviationBps + level * rules.stepBps
    const parts = BigInt(Math.round(offset * 100))
    const scale = at.price.denominator * tickSize * PARTS
    const ticks = (parted: bigint): bigint => at.price.numerator * lotSize * parted
    const bid = Number(divFloor(ticks(PARTS - minBig(parts, PARTS)), scale))
    const ask = Number(divUp(ticks(PARTS + parts), scale))
    const asked = minBig(rules.lotsPerLevel, lotsLeft)
    const timeInForce = 'post-only'
    if (asked > 0n) orders.push({ side: 'sell', priceTicks: ask, lots: asked, timeInForce })
    lotsLeft -= asked
    if (bid < 1) continue
    const price = BigInt(bid) * tickSize
    const wanted = minBig(rules.lotsPerLevel, moneyLeft / price)
    if (wanted > 0n) orders.push({ side: 'buy', priceTicks: bid, lots: wanted, timeInForce })
    moneyLeft -= wanted * price
  }
  return orders
}
