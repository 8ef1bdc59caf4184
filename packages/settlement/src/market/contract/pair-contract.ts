// A constant-product pair as a contract: Uniswap v2-core's pair and what v2-periphery's router reckons around it
// (UniswapV2Router02.sol, _addLiquidity; UniswapV2Library.sol, quote).
import { type Address, mulDivWithResidue } from '@solvent/primitives'
import {
  type ConstantProductDesign,
  FEE_PIPS,
  type MarketSpec,
  marketShareToken,
  PRICE_BITS,
  type RevertReason,
  type Rounding,
} from '@solvent/protocol'
import { UndoableCell, type UndoLog } from '../../ledger/undo-log.ts'
import { type Outcome, refused } from '../../outcome.ts'
import { burnPair, EMPTY_PAIR, mintPair, type Pair, type PairRules } from '../constant-product/pair.ts'
import { accumulate, type PriceAccumulator } from '../constant-product/price-accumulator.ts'
import type { SwapSide } from '../constant-product/sell.ts'
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

export class PairContract implements SharedPool {
  readonly kind = 'shares'
  readonly spec: MarketSpec
  readonly shareToken: Address
  readonly #rules: PairRules
  readonly #pair: UndoableCell<Pair>

  constructor(log: UndoLog, spec: MarketSpec, { feePips }: ConstantProductDesign) {
    this.spec = spec
    this.shareToken = marketShareToken(spec)
    this.#rules = {
      fee: { numerator: BigInt(feePips), denominator: BigInt(FEE_PIPS) },
      protocolFee: 'none',
    }
    this.#pair = new UndoableCell(log, EMPTY_PAIR)
  }

  open({ reserve0, reserve1, shares }: PoolHoldings): void {
    this.#pair.set({ ...EMPTY_PAIR, reserve0, reserve1, totalSupply: shares })
  }

  price(): MarketPrice {
    const { reserve0, reserve1 } = this.#pair.get()
    return { reserve0, reserve1, priceX96: reserve0 === 0n ? 0n : (reserve1 << PRICE_BITS) / reserve0 }
  }

  holdings(): PoolHoldings {
    const { reserve0, reserve1, totalSupply: shares } = this.#pair.get()
    return { reserve0, reserve1, shares }
  }

  capacity(side: SwapSide): bigint {
    return reservesCapacity(this.price(), side)
  }

  accumulated(nowSeconds: number): PriceAccumulator {
    return accumulate(this.#pair.get(), nowSeconds)
  }

  swap({ side, amountIn, nowSeconds, rules }: Swap): Outcome<Swapped, RevertReason> {
    const pair = this.#pair.get()
    const sold = rules.sellToPair(pair, { side, amountIn }, this.#rules, nowSeconds)
    if (sold.status === 'refused')
      return refused(sold.reason === 'reserve-overflow' ? 'supply-overflow' : 'no-liquidity')
    this.#pair.set(sold.pair)
    const { amountOut } = sold
    const isFirst = side === 'sell-0'
    const [reserveIn, reserveOut] = isFirst ? [pair.reserve0, pair.reserve1] : [pair.reserve1, pair.reserve0]
    const { numerator, denominator } = this.#rules.fee
    const afterFee = amountIn * (denominator - numerator)
    const divisor = reserveIn * denominator + afterFee
    const tokenOut = isFirst ? this.spec.token1 : this.spec.token0
    return {
      status: 'ok',
      amountOut,
      rounding: floored(tokenOut, (afterFee * reserveOut) % divisor, divisor),
      events: [],
    }
  }

  add({ amount0: wanted0, amount1: wanted1, nowSeconds }: Added): Outcome<LiquidityChange, RevertReason> {
    const pair = this.#pair.get()
    const { amount0, amount1, rounding } = this.#inRatio(pair, wanted0, wanted1)
    const minted = mintPair(pair, { amount0, amount1 }, this.#rules, nowSeconds)
    if (minted.status === 'refused')
      return refused(minted.reason === 'reserve-overflow' ? 'supply-overflow' : 'zero-amount')
    this.#pair.set(minted.pair)
    const { liquidity: shares, locked } = minted
    return {
      status: 'ok',
      amount0,
      amount1,
      shares,
      locked,
      rounding: [...rounding, ...this.#shareRounding(pair, { amount0, amount1 })],
    }
  }

  remove(shares: bigint, nowSeconds: number): Outcome<LiquidityChange, RevertReason> {
    const pair = this.#pair.get()
    const burned = burnPair(pair, shares, this.#rules, nowSeconds)
    if (burned.status === 'refused')
      return refused(burned.reason === 'more-than-supply' ? 'insufficient-balance' : 'zero-amount')
    this.#pair.set(burned.pair)
    const { amount0, amount1 } = burned
    const { reserve0, reserve1, totalSupply } = pair
    return {
      status: 'ok',
      amount0,
      amount1,
      shares,
      locked: 0n,
      rounding: [
        ...floored(this.spec.token0, (shares * reserve0) % totalSupply, totalSupply),
        ...floored(this.spec.token1, (shares * reserve1) % totalSupply, totalSupply),
      ],
    }
  }

  /** As much of both as the pool's ratio allows; all of both into an empty pool. */
  #inRatio({ reserve0, reserve1 }: Pair, wanted0: bigint, wanted1: bigint) {
    if (reserve0 === 0n || reserve1 === 0n) return { amount0: wanted0, amount1: wanted1, rounding: [] }
    const fitting1 = mulDivWithResidue(wanted0, reserve1, reserve0)
    if (fitting1.quotient <= wanted1)
      return {
        amount0: wanted0,
        amount1: fitting1.quotient,
        rounding: floored(this.spec.token1, fitting1.residue, reserve0),
      }
    const fitting0 = mulDivWithResidue(wanted1, reserve0, reserve1)
    return {
      amount0: fitting0.quotient,
      amount1: wanted1,
      rounding: floored(this.spec.token0, fitting0.residue, reserve1),
    }
  }

  #shareRounding(
    { reserve0, reserve1, totalSupply }: Pair,
    { amount0, amount1 }: { amount0: bigint; amount1: bigint },
  ): Rounding[] {
    if (totalSupply === 0n) return []
    const [amount, reserve] =
      (amount0 * totalSupply) / reserve0 <= (amount1 * totalSupply) / reserve1
        ? [amount0, reserve0]
        : [amount1, reserve1]
    return floored(this.shareToken, (amount * totalSupply) % reserve, reserve)
  }
}

function floored(token: Address, residue: bigint, divisor: bigint): Rounding[] {
  return residue === 0n ? [] : [{ token, direction: 'floor', residue, divisor }]
}
