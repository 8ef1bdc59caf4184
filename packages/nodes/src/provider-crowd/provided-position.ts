// What a crowd has provided for a market, and what is left of it: shares of a pool, or ranges. What it has lost is counted against holding what
// it first provided, at the market's own price, fees of ranges aside.
import type { Address } from '@solvent/primitives'
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
}

interface LeaveTerms {
  readonly recipient: Address
  readonly deadline: number
}

interface Amounts {
  readonly amount0: bigint
  readonly amount1: bigint
}

const LEAST = { minAmount0: 0n, minAmount1: 0n }
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
  return {
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
  return {
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
