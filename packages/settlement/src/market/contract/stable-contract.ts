// A StableSwap pool of two coins as a contract: curve-contract, SwapTemplateBase.vy, without an administration's part of the
// fee. Liquidity comes in any proportion, and what unbalances the pool pays for it; it goes in proportion.
import { type Address, WAD } from '@solvent/primitives'
import {
  FEE_PIPS,
  type MarketSpec,
  marketShareToken,
  PRICE_BITS,
  type RevertReason,
  type Rounding,
  type StableSwapDesign,
} from '@solvent/protocol'
import { UndoableCell, type UndoLog } from '../../ledger/undo-log.ts'
import { type Outcome, refused } from '../../outcome.ts'
import type { SwapSide } from '../constant-product/sell.ts'
import { AMPLIFICATION_PRECISION, invariantFloor } from '../stable-swap/invariant.ts'
import {
  addLiquidity,
  removeLiquidity,
  type StablePool,
  type StablePoolRules,
} from '../stable-swap/stable-pool.ts'
import {
  type Added,
  type LiquidityChange,
  type MarketPrice,
  type PoolHoldings,
  reservesCapacity,
  type SharedPool,
  type Swap,
  type Swapped,
} from './market-contract.ts'

const E10 = 10n ** 10n
const NO_ROUNDING: readonly Rounding[] = []

export class StableContract implements SharedPool {
  readonly kind = 'shares'
  readonly spec: MarketSpec
  readonly shareToken: Address
  readonly #rules: StablePoolRules
  readonly #pool: UndoableCell<StablePool>

  constructor(log: UndoLog, spec: MarketSpec, design: StableSwapDesign) {
    this.spec = spec
    this.shareToken = marketShareToken(spec)
    this.#rules = stableRules(design)
    this.#pool = new UndoableCell<StablePool>(log, { balances: [0n, 0n], totalSupply: 0n })
  }

  open({ reserve0, reserve1, shares }: PoolHoldings): void {
    this.#pool.set({ balances: [reserve0, reserve1], totalSupply: shares })
  }

  price(): MarketPrice {
    const [reserve0 = 0n, reserve1 = 0n] = this.#pool.get().balances
    return { reserve0, reserve1, priceX96: stablePriceX96([reserve0, reserve1], this.#rules) }
  }

  holdings(): PoolHoldings {
    const { balances, totalSupply: shares } = this.#pool.get()
    const [reserve0 = 0n, reserve1 = 0n] = balances
    return { reserve0, reserve1, shares }
  }

  capacity(side: SwapSide): bigint {
    return reservesCapacity(this.price(), side)
  }

  accumulated(): null {
    return null
  }

  swap({ side, amountIn, rules }: Swap): Outcome<Swapped, RevertReason> {
    const [from, to] = side === 'sell-0' ? [0, 1] : [1, 0]
    const sold = rules.exchangeCoins(this.#pool.get(), { from, to, amountIn, minAmountOut: 1n }, this.#rules)
    if (sold.status === 'refused') return refused('no-liquidity')
    this.#pool.set(sold.pool)
    return { status: 'ok', amountOut: sold.amountOut, rounding: NO_ROUNDING, events: [] }
  }

  add({ amount0, amount1 }: Added): Outcome<LiquidityChange, RevertReason> {
    const added = addLiquidity(this.#pool.get(), { amounts: [amount0, amount1], minShares: 1n }, this.#rules)
    if (added.status === 'refused') return refused('zero-amount')
    this.#pool.set(added.pool)
    return { status: 'ok', amount0, amount1, shares: added.shares, locked: 0n, rounding: NO_ROUNDING }
  }

  remove(shares: bigint): Outcome<LiquidityChange, RevertReason> {
    const { balances, totalSupply } = this.#pool.get()
    const removed = removeLiquidity({ balances, totalSupply }, shares)
    if (removed.status === 'refused')
      return refused(removed.reason === 'more-than-supply' ? 'insufficient-balance' : 'zero-amount')
    this.#pool.set(removed.pool)
    const [amount0 = 0n, amount1 = 0n] = removed.amounts
    const rounding = [this.spec.token0, this.spec.token1].flatMap((token, i): Rounding[] => {
      const residue = ((balances[i] as bigint) * shares) % totalSupply
      return residue === 0n ? [] : [{ token, direction: 'floor', residue, divisor: totalSupply }]
    })
    return { status: 'ok', amount0, amount1, shares, locked: 0n, rounding }
  }
}

/** The rules of the pool that a design stands for. */
export function stableRules({ feePips, amplification, rate0, rate1 }: StableSwapDesign): StablePoolRules {
  return {
    amplification: BigInt(amplification) * AMPLIFICATION_PRECISION,
    feeE10: (BigInt(feePips) * E10) / BigInt(FEE_PIPS),
    adminFeeE10: 0n,
    rates: [rate0, rate1],
  }
}

/**
 * What the next unit of coin 0 is worth in coin 1, before the fee: (A + D³/(4x²y)) / (A + D³/(4xy²)) with A·n^n for A, in
 * base units and times 2^96; 0 for an empty pool.
 */
function stablePriceX96(
  balances: readonly [bigint, bigint],
  { amplification, rates }: StablePoolRules,
): bigint {
  const [rate0, rate1] = rates as [bigint, bigint]
  const [x, y] = [(balances[0] * rate0) / WAD, (balances[1] * rate1) / WAD]
  const d = invariantFloor([x, y], amplification)
  if (d === null || d === 0n) return 0n
  const curved = (4n * 2n * amplification * x * x * y * y) / AMPLIFICATION_PRECISION
  const cube = d * d * d
  return (((curved + cube * y) * rate0) << PRICE_BITS) / ((curved + cube * x) * rate1)
}
