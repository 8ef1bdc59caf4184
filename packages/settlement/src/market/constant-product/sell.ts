// A sale of an exact input to a pair: what Uniswap's router reckons (getAmountOut) and the pair then checks (k).
import { type Outcome, refused } from '../../outcome.ts'
import { type Pair, type PairRules, type SwapRefusal, swapPair } from './pair.ts'
import { amountOutFloor } from './quote.ts'

/** Which token comes in. */
export type SwapSide = 'sell-0' | 'sell-1'

export interface PairSale {
  readonly side: SwapSide
  readonly amountIn: bigint
}

/** The pair after the sale, and what it pays: the most that k allows, rounded down. */
export function sellToPair(
  pair: Pair,
  { side, amountIn }: PairSale,
  rules: PairRules,
  atSeconds: number,
): Outcome<{ readonly pair: Pair; readonly amountOut: bigint }, SwapRefusal> {
  const isFirst = side === 'sell-0'
  const { reserve0, reserve1 } = pair
  const amountOut = isFirst
    ? amountOutFloor(amountIn, reserve0, reserve1, rules.fee)
    : amountOutFloor(amountIn, reserve1, reserve0, rules.fee)
  const swapped = swapPair(
    pair,
    {
      amount0In: isFirst ? amountIn : 0n,
      amount1In: isFirst ? 0n : amountIn,
      amount0Out: isFirst ? 0n : amountOut,
      amount1Out: isFirst ? amountOut : 0n,
    },
    rules,
    atSeconds,
  )
  return swapped.status === 'refused'
    ? refused(swapped.reason)
    : { status: 'ok', pair: swapped.pair, amountOut }
}
