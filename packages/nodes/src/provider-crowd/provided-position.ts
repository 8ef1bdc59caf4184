// What a crowd has provided for a market, and what is left of it: shares of a pool, or ranges. What it has lost is counted against holding what
// it first provided, at the market's own price, fees of ranges aside.
import { type Address, minBig } from '@solvent/primitives'
import { type Call, type ConcentratedDesign, type MarketSpec, marketShareToken } from '@solvent/protocol'
import { heldByRange, type MarketMirror } from '@solvent/settlement'
import type { KeeperPurse } from '../keeper/keeper-purse.ts'

export interface ProvidedPosition {
  /** What the position is counted in, all of it. */
  readonly parts: bigint
  /** Of the parts, what followed blocks have left. */
  left(): bigint
  /** Of the value of holding, lost by who stays; 0 when nothing is. */
  lossShare(): number
  /** Calls that take some of the parts out. */
  leave(parts: bigint, terms: LeaveTerms): Call[]
  /** Calls that bring parts back, as far as these amounts go at the price of now. */
  comeBack(parts: bigint, free: Amounts, terms: LeaveTerms): Call[]
}

interface LeaveTerms {
  readonly recipient: Address
  readonly deadline: number
}

export interface Amounts {
  readonly amount0: bigint
  readonly amount1: bigint
}

const LEAST = { minAmount0: 0n, minAmount1: 0n }
/** Of all that was provided; less is not worth a transaction. */
const LEAST_PART = 1_000n
const LOSS_PARTS = 1_000_000_000n
const PRICE_BITS = 96n

export function sharedPosition(
  market: MarketSpec,
  mirror: MarketMirror,
  purse: KeeperPurse,
): ProvidedPosition {
  const token = marketShareToken(market)
  const parts = purse.atFirst(token)
  const held = (): Amounts => {
    const { reserve0, reserve1, shares } = mirror.holdings() ?? { reserve0: 0n, reserve1: 0n, shares: 0n }
    const part = (reserve: bigint): bigint => (shares === 0n ? 0n : (reserve * parts) / shares)
    return { amount0: part(reserve0), amount1: part(reserve1) }
  }
  const first = held()
  function comeBack(wanted: bigint, free: Amounts, { recipient, deadline }: LeaveTerms): Call[] {
    const { reserve0, reserve1, shares } = mirror.holdings() ?? { reserve0: 0n, reserve1: 0n, shares: 0n }
    if (reserve0 === 0n || reserve1 === 0n) return []
    const most = minBig((free.amount0 * shares) / reserve0, (free.amount1 * shares) / reserve1)
    const added = minBig(wanted, most)
    if (added * LEAST_PART < parts) return []
    const amounts = { amount0: (reserve0 * added) / shares, amount1: (reserve1 * added) / shares }
    return [
      { ...{ kind: 'add-liquidity', market: market.address, ...amounts, ...LEAST }, recipient, deadline },
    ]
  }
  return {
    comeBack,
    parts,
    left: () => purse.of(token),
    lossShare: () => lossOf(first, held(), mirror.price().priceX96),
    leave: (shares, terms) => [
      { kind: 'remove-liquidity', market: market.address, shares, ...LEAST, ...terms },
    ],
  }
}

/** Ranges of genesis: the parts are their liquidity, and everybody has the same part of each. */
export function rangedPosition(
  market: MarketSpec & { readonly design: ConcentratedDesign },
  mirror: MarketMirror,
  self: Address,
): ProvidedPosition {
  const ranges = market.design.ranges.filter(({ owner }) => owner === self)
  const parts = ranges.reduce((sum, { liquidity }) => sum + liquidity, 0n)
  const heldAt = (sqrtPriceX96: bigint): Amounts =>
    ranges.reduce<Amounts>(
      (sum, range) => {
        const { amount0, amount1 } = heldByRange(sqrtPriceX96, range)
        return { amount0: sum.amount0 + amount0, amount1: sum.amount1 + amount1 }
      },
      { amount0: 0n, amount1: 0n },
    )
  const first = heldAt(market.design.sqrtPriceX96)
  function comeBack(wanted: bigint, free: Amounts, { deadline }: LeaveTerms): Call[] {
    const needed = heldAt(mirror.root())
    /** Of the wanted parts, as many as one of the amounts pays for. */
    const paidBy = (amount: bigint, all: bigint): bigint => (all === 0n ? wanted : (amount * parts) / all)
    const added = minBig(
      wanted,
      minBig(paidBy(free.amount0, needed.amount0), paidBy(free.amount1, needed.amount1)),
    )
    if (added * LEAST_PART < parts) return []
    return ranges.map((range) => {
      const { amount0, amount1 } = heldByRange(mirror.root(), range)
      const amounts = { amount0: (amount0 * added) / parts, amount1: (amount1 * added) / parts }
      const { tickLower, tickUpper } = range
      return {
        ...{ kind: 'mint-range', market: market.address, tickLower, tickUpper },
        ...{ ...amounts, ...LEAST, deadline },
      }
    })
  }
  return {
    comeBack,
    parts,
    left: () => ranges.reduce((sum, range) => sum + mirror.liquidityOf(range), 0n),
    lossShare: () => lossOf(first, heldAt(mirror.root()), mirror.price().priceX96),
    leave: (leaving, terms) =>
      ranges.map(({ tickLower, tickUpper, liquidity }) => ({
        ...{ kind: 'burn-range', market: market.address, tickLower, tickUpper },
        ...{ liquidity: (liquidity * leaving) / parts, ...LEAST, ...terms },
      })),
  }
}

function lossOf(first: Amounts, now: Amounts, priceX96: bigint): number {
  const worth = ({ amount0, amount1 }: Amounts): bigint => ((amount0 * priceX96) >> PRICE_BITS) + amount1
  const [held, has] = [worth(first), worth(now)]
  return held <= has ? 0 : Number(((held - has) * LOSS_PARTS) / held) / Number(LOSS_PARTS)
}
