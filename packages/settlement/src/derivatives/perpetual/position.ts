// A position in a perpetual future as signed units and the signed cash that was exchanged for them: a long of n units bought for c
// has units n and cash −c, so that its value at a price is units · price + cash. Every trade moves units one way and cash the
// other between two sides, and both sums over all sides are zero. Source: Perpetual Protocol v1, ClearingHouse.sol (size and
// openNotional; realised in proportion to what is closed).
import { absBig, divUp, PRICE_ONE_E8, WAD } from '@solvent/primitives'

export interface Position {
  /** Long above 0, short below; base units of the underlying. */
  readonly units: bigint
  /** Below 0 for a long: base units of the coin of settlement. */
  readonly cash: bigint
  /** The market's funding index up to which the position has paid. */
  readonly fundingIndex: bigint
}

/** What one side of a trade exchanges: it receives the units (negative: gives them) and the cash. */
export interface TradeLeg {
  readonly units: bigint
  readonly cash: bigint
}

/** How the amounts of a market count. */
export interface ContractUnits {
  /** One whole underlying and one whole coin of settlement, in base units. */
  readonly baseUnit: bigint
  readonly quoteUnit: bigint
}

export function flatPosition(fundingIndex: bigint): Position {
  return { units: 0n, cash: 0n, fundingIndex }
}

/**
 * The position after a trade. What closes units realises its part of the cash, rounded so that the rest of it is never worth more
 * than before; a trade through zero closes all and opens the rest at the trade's price.
 *
 * @returns `realised` goes to the margin; position and realised cash change together by the trade's cash alone
 */
export function afterTrade(
  position: Position,
  { units, cash }: TradeLeg,
): { readonly position: Position; readonly realised: bigint } {
  const after = position.units + units
  const grows = position.units === 0n || position.units < 0n === units < 0n
  if (grows) return { position: { ...position, units: after, cash: position.cash + cash }, realised: 0n }
  const closesAll = absBig(units) >= absBig(position.units)
  if (closesAll) {
    // The trade's cash for the part that closes, and for the part that opens anew.
    const opening = units === 0n ? 0n : (cash * after) / units
    return {
      position: { ...position, units: after, cash: opening },
      realised: position.cash + cash - opening,
    }
  }
  const part = divUp(position.cash * -units, position.units)
  return { position: { ...position, units: after, cash: position.cash - part }, realised: part + cash }
}

/** What the units are worth at a price, rounded down. */
export function valueAt(units: bigint, priceE8: bigint, { baseUnit, quoteUnit }: ContractUnits): bigint {
  const numerator = units * priceE8 * quoteUnit
  const denominator = PRICE_ONE_E8 * baseUnit
  const quotient = numerator / denominator
  return numerator < 0n && numerator % denominator !== 0n ? quotient - 1n : quotient
}

/** What the position owes since it last paid (below 0: is owed), rounded up: the rest stays in the market's pot. */
export function fundingOwedUp({ units, fundingIndex }: Position, marketIndex: bigint): bigint {
  return divUp(units * (marketIndex - fundingIndex), WAD)
}
