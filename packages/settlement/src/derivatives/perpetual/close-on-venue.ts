// Closing a position at its venue, as far as the cash that it brings is enough.
import { absBig, divFloor, divUp } from '@solvent/primitives'
import { type Fill, MAX_PRICE_TICKS } from '../../market/order-book/order-book.ts'
import type { ClearingHouse, MarginAccount, MarketRules, PerpetualMarket } from './clearing-house.ts'
import type { TradeLeg } from './position.ts'
import { exchanged, settleFills } from './settle-leg.ts'
import { tradeVirtual } from './virtual-amm.ts'

export interface VenueClose extends TradeLeg {
  /** Of a book. */
  readonly fills: readonly Fill[]
}

const NOTHING: VenueClose = { units: 0n, cash: 0n, fills: [] }
/** No order that rests has it. */
const LIQUIDATION_ORDER = -1

/**
 * Trades an account's units away: all of them or none with a virtual market maker; on a book what waits at the price that `minCash` for all comes to,
 * or better.
 *
 * @param minCash what the trade must bring at least if it were whole (below 0: may cost at most); null for any price
 */
export function closeOnVenue(
  house: ClearingHouse,
  key: string,
  name: string,
  { units, minCash }: { readonly units: bigint; readonly minCash: bigint | null },
): VenueClose {
  const { venue } = house.rules.get(name) as MarketRules
  if (units === 0n) return NOTHING
  if (venue.kind === 'virtual-amm') return closeVirtual(house, key, name, { units, minCash })
  const lots = absBig(units) / venue.lotUnits
  const side = units > 0n ? 'buy' : 'sell'
  const priceTicks = limitTicks(side, minCash, lots * venue.tickCash)
  if (priceTicks === null) return NOTHING
  const placed = house.books
    .get(name)
    ?.place({ id: LIQUIDATION_ORDER, owner: key, side, priceTicks, lots, timeInForce: 'immediate-or-cancel' })
  if (placed?.status !== 'ok') return NOTHING
  const { fills } = placed
  return { ...settleFills(house, key, { market: name, side, fills }), fills }
}

function closeVirtual(
  house: ClearingHouse,
  key: string,
  name: string,
  { units, minCash }: { readonly units: bigint; readonly minCash: bigint | null },
): VenueClose {
  const market = house.markets.get(name) as PerpetualMarket
  if (market.amm === null) return NOTHING
  const traded = tradeVirtual(market.amm, units)
  if (traded.status === 'refused' || (minCash !== null && traded.leg.cash < minCash)) return NOTHING
  house.markets.set(name, { ...market, amm: traded.amm, netUnits: market.netUnits + units })
  // Written as it is: an account that is empty now may still owe.
  house.accounts.set(key, exchanged(house, house.accounts.get(key) as MarginAccount, name, traded.leg))
  return { ...traded.leg, fills: [] }
}

/** The worst price in ticks at which a whole order still brings the cash; null when no price does. */
function limitTicks(side: 'buy' | 'sell', minCash: bigint | null, cashATick: bigint): number | null {
  if (minCash === null) return side === 'buy' ? MAX_PRICE_TICKS : 1
  const ticks = side === 'buy' ? divFloor(-minCash, cashATick) : divUp(minCash, cashATick)
  if (side === 'buy')
    return ticks < 1n ? null : Number(ticks > BigInt(MAX_PRICE_TICKS) ? MAX_PRICE_TICKS : ticks)
  return ticks > BigInt(MAX_PRICE_TICKS) ? null : Number(ticks < 1n ? 1n : ticks)
}
