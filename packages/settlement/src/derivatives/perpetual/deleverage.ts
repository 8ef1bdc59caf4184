// Auto-deleveraging of perpetual futures: what neither venue nor fund takes is closed against accounts on the other side, at the
// bankruptcy price, ranked by lending/liquidation/loss-waterfall.
import { absBig, divFloor, divUp } from '@solvent/primitives'
import { autoDeleverage, type RankedPosition } from '../../lending/liquidation/loss-waterfall.ts'
import {
  type ClearingHouse,
  type MarginAccount,
  type MarketRules,
  type PerpetualMarket,
  positionIn,
  withFundingPaid,
} from './clearing-house.ts'
import { fundingOwedUp, type TradeLeg, valueAt } from './position.ts'
import { absorbed, exchanged } from './settle-leg.ts'

export interface Deleveraging {
  readonly key: string
  /** Of the bankrupt account, signed. */
  readonly units: bigint
  /** What it had for them. */
  readonly cash: bigint
}

export interface Bankruptcy {
  /** Still to be closed, signed. */
  readonly units: bigint
  /** What closing all of them is to bring the account, signed. */
  readonly cash: bigint
  readonly markE8: bigint
}

/** Closes units against the other side; in the order of the ranking, fewer when there are not enough. */
export function deleverage(
  house: ClearingHouse,
  key: string,
  name: string,
  { units, cash, markE8 }: Bankruptcy,
): Deleveraging[] {
  if (units === 0n) return []
  const rules = house.rules.get(name) as MarketRules
  const side = units > 0n ? 'short' : 'long'
  const chosen = autoDeleverage(facing(house, key, name, { units, cash }), absBig(units), side, (amount) =>
    absBig(valueAt(amount, markE8, rules)),
  )
  let done = 0n
  let paid = 0n
  return chosen.map(({ owner, units: taken }) => {
    done += taken
    const due = divUp(cash * done, absBig(units))
    const part = due - paid
    paid = due
    const closed = units > 0n ? taken : -taken
    house.accounts.set(key, settled(house, key, name, { units: -closed, cash: part }))
    // A unit of rounding may be more than who has taken over everything can bear.
    const facing = settled(house, owner, name, { units: closed, cash: -part })
    house.accounts.set(owner, absorbed(house, facing).account)
    return { key: owner, units: closed, cash: -part }
  })
}

/**
 * Everyone else's positions on the other side, with the margin that funding leaves them; not who could not bear to be closed at
 * the bankruptcy price.
 */
function facing(
  house: ClearingHouse,
  key: string,
  name: string,
  { units, cash }: Pick<Bankruptcy, 'units' | 'cash'>,
): RankedPosition[] {
  const found: RankedPosition[] = []
  for (const [owner, account] of house.accounts.entries()) {
    const position = positionIn(account, name)
    if (owner === key || position === undefined || position.units > 0n === units > 0n) continue
    let { margin } = account
    for (const [market, each] of account.positions)
      margin -= fundingOwedUp(each, (house.markets.get(market) as PerpetualMarket).funding.index)
    // Who takes the other side of all its units would get this cash, rounded against it.
    const closing = divFloor(cash * position.units, units)
    if (margin + position.cash + closing < 0n) continue
    found.push({ owner, units: absBig(position.units), entryValue: absBig(position.cash), margin })
  }
  return found
}

function settled(house: ClearingHouse, key: string, name: string, leg: TradeLeg): MarginAccount {
  return exchanged(house, withFundingPaid(house, house.accounts.get(key) as MarginAccount), name, leg)
}
