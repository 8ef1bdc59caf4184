// Trades in perpetual futures against the virtual market maker. Who opens must have the initial margin afterwards; who only closes
// need not. Source: Perpetual Protocol v1, ClearingHouse.sol (openPosition, closePosition).
import { absBig } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import {
  type ClearingHouse,
  type MarginAccount,
  observeMarket,
  type PerpetualMarket,
  type PriceMoment,
  shareUp,
  standingOf,
  withFundingPaid,
  writeAccount,
} from './clearing-house.ts'
import type { TradeLeg } from './position.ts'
import { absorbed, charged, exchanged, isAccountOf, isOpening } from './settle-leg.ts'
import { tradeVirtual } from './virtual-amm.ts'

export type TradeRefusal =
  | 'unknown-account'
  | 'unknown-market'
  | 'wrong-venue'
  | 'wrong-margin'
  | 'zero-units'
  | 'beyond-reserve'
  | 'worse-than-limit'
  | 'no-price'
  | 'margin-short'

export interface VirtualTrade {
  readonly market: string
  /** Below 0 sells. */
  readonly units: bigint
  /** At least this much cash for the trader (below 0: he pays at most its opposite); null for any. */
  readonly minCash: bigint | null
}

/** Trades against the virtual market maker. */
export function tradePerpetual(
  house: ClearingHouse,
  key: string,
  { market: name, units, minCash }: VirtualTrade,
  moment: PriceMoment,
): Outcome<{ readonly leg: TradeLeg; readonly fee: bigint; readonly account: MarginAccount }, TradeRefusal> {
  const rules = house.rules.get(name)
  const before = house.accounts.get(key)
  if (rules === undefined) return refused('unknown-market')
  if (before === undefined) return refused('unknown-account')
  if (!isAccountOf(key, before, name)) return refused('wrong-margin')
  const { amm } = house.markets.get(name) as PerpetualMarket
  if (amm === null) return refused('wrong-venue')
  const traded = tradeVirtual(amm, units)
  if (traded.status === 'refused') return traded
  const { leg } = traded
  if (minCash !== null && leg.cash < minCash) return refused('worse-than-limit')
  observeMarket(house, name, moment)
  const paid = withFundingPaid(house, before)
  const market = house.markets.get(name) as PerpetualMarket
  house.markets.set(name, { ...market, amm: traded.amm, netUnits: market.netUnits + units })
  const fee = shareUp(absBig(leg.cash), rules.tradeFeeBps)
  const after = exchanged(house, paid, name, leg)
  const standing = standingOf(house, after, moment)
  const isShort =
    standing !== null && isOpening(paid, name, units) && standing.equity - fee < standing.initialRequired
  if (standing === null || isShort) {
    house.markets.set(name, market)
    writeAccount(house, key, paid)
    return refused(isShort ? 'margin-short' : 'no-price')
  }
  const { account } = absorbed(house, charged(house, after, fee))
  writeAccount(house, key, account)
  observeMarket(house, name, moment)
  return { status: 'ok', leg, fee, account }
}
