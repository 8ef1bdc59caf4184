// The audit's own book of a market for perpetual futures: what waits, in a plain list that is gone through each time. An order meets the
// best price first, at one price who came first, at the price of who waited.
import type { NewBookOrder, PerpetualFill, PerpetualMarketSpec } from '@solvent/protocol'

const E8 = 10n ** 8n

interface Waiting {
  readonly limitId: number
  readonly account: string
  readonly side: NewBookOrder['side']
  readonly priceTicks: number
  readonly lots: bigint
}

type BookVenue = Extract<PerpetualMarketSpec['venue'], { kind: 'order-book' }>

export class PerpetualBook {
  readonly venue: BookVenue
  /** Oldest first. */
  #waiting: readonly Waiting[]
  #lastTicks: number | null

  constructor(venue: BookVenue, copied?: PerpetualBook) {
    this.venue = venue
    this.#waiting = copied === undefined ? [] : copied.#waiting
    this.#lastTicks = copied === undefined ? null : copied.#lastTicks
  }

  /** Base units of the coin of settlement that lots come to at a price. */
  worth({ lots, priceTicks }: { readonly lots: bigint; readonly priceTicks: number }): bigint {
    return lots * BigInt(priceTicks) * this.venue.tickCash
  }

  /** What an order with this limit (null: any) meets as things stand, up to its lots. */
  meets(side: NewBookOrder['side'], limitTicks: number | null, lots: bigint): PerpetualFill[] {
    const buys = side === 'buy'
    const facing = this.#waiting
      .filter((each) => each.side !== side)
      .filter(
        ({ priceTicks }) =>
          limitTicks === null || (buys ? priceTicks <= limitTicks : priceTicks >= limitTicks),
      )
      .sort((a, b) => (buys ? a.priceTicks - b.priceTicks : b.priceTicks - a.priceTicks))
    const found: PerpetualFill[] = []
    let left = lots
    for (const { limitId, account, priceTicks, lots: waiting } of facing) {
      if (left === 0n) break
      const taken = waiting < left ? waiting : left
      found.push({ limitId, account, priceTicks, lots: taken })
      left -= taken
    }
    return found
  }

  take({ limitId, priceTicks, lots }: PerpetualFill): void {
    this.#lastTicks = priceTicks
    this.#waiting = this.#waiting.flatMap((each) => {
      if (each.limitId !== limitId) return [each]
      return each.lots > lots ? [{ ...each, lots: each.lots - lots }] : []
    })
  }

  rest(order: Waiting): void {
    this.#waiting = [...this.#waiting, order]
  }

  withdraw(account: string): number[] {
    const gone = this.of(account).map(({ limitId }) => limitId)
    this.#waiting = this.#waiting.filter((each) => each.account !== account)
    return gone
  }

  of(account: string): readonly Waiting[] {
    return this.#waiting.filter((each) => each.account === account)
  }

  best(side: NewBookOrder['side']): number | null {
    const prices = this.#waiting.filter((each) => each.side === side).map(({ priceTicks }) => priceTicks)
    if (prices.length === 0) return null
    return side === 'buy' ? Math.max(...prices) : Math.min(...prices)
  }

  /** Half of the best prices together, or the last fill; null when there is neither. */
  middleE8({ baseUnit, quoteUnit }: PerpetualMarketSpec): bigint | null {
    const [bid, ask] = [this.best('buy'), this.best('sell')]
    const last = this.#lastTicks
    const doubled = bid !== null && ask !== null ? bid + ask : last === null ? null : 2 * last
    if (doubled === null) return null
    const { lotUnits, tickCash } = this.venue
    return (BigInt(doubled) * tickCash * baseUnit * E8) / (2n * lotUnits * quoteUnit)
  }
}
