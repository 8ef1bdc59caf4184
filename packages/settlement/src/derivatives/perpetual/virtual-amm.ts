// A virtual market maker: reserves on x · y = k in which nothing lies; it only says at which price the clearing house is the other
// side. Source: Perpetual Protocol v1, Amm.sol (getInputPrice, getOutputPrice: rounded against the trader). The quote reserve is
// always ⌈k / base⌉, so that who goes there and back gets exactly back, and all positions together are the reserve's distance from
// where it began.
import { PRICE_ONE_E8 } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import type { ContractUnits, TradeLeg } from './position.ts'

export interface VirtualAmm {
  readonly k: bigint
  readonly base: bigint
  readonly initialBase: bigint
}

/** Reserves at which one whole underlying costs about `priceE8`. @param depth quote reserve, base units of the coin of settlement */
export function virtualAmmAt(
  priceE8: bigint,
  depth: bigint,
  { baseUnit, quoteUnit }: ContractUnits,
): VirtualAmm {
  const base = (depth * PRICE_ONE_E8 * baseUnit) / (priceE8 * quoteUnit)
  return { k: base * depth, base, initialBase: base }
}

export function quoteReserve({ k, base }: VirtualAmm): bigint {
  return quoteFor(k, base)
}

/** The cash that the clearing house has had of all traders together. */
export function virtualCash(amm: VirtualAmm): bigint {
  return quoteFor(amm.k, amm.base) - quoteFor(amm.k, amm.initialBase)
}

/** The price of one whole underlying in the coin of settlement, rounded down. */
export function spotPriceE8(amm: VirtualAmm, { baseUnit, quoteUnit }: ContractUnits): bigint {
  return (quoteReserve(amm) * baseUnit * PRICE_ONE_E8) / (amm.base * quoteUnit)
}

/** Buys (or, below 0, sells) units; the leg is the trader's. */
export function tradeVirtual(
  amm: VirtualAmm,
  units: bigint,
): Outcome<{ readonly amm: VirtualAmm; readonly leg: TradeLeg }, 'zero-units' | 'beyond-reserve'> {
  if (units === 0n) return refused('zero-units')
  const base = amm.base - units
  if (base <= 0n) return refused('beyond-reserve')
  const cash = quoteReserve(amm) - quoteFor(amm.k, base)
  return { status: 'ok', amm: { ...amm, base }, leg: { units, cash } }
}

function quoteFor(k: bigint, base: bigint): bigint {
  return (k + base - 1n) / base
}
