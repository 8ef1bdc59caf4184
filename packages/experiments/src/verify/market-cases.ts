// Kinds of market cases: `amm-cp`, `amm-cp-target` and `amm-stableswap2` on real numbers, `amm-v2-integer` to the last unit.
import {
  amountInUp,
  amountOutFloor,
  type RealStableSwapInput,
  type RealSwapInput,
  realInputToReach,
  realStableSwap,
  realSwap,
  UNISWAP_V2_FEE,
} from '@solvent/settlement'
import type { FixtureKind } from './fixture-kind.ts'
import { listedCases } from './listed-cases.ts'

export const constantProductKind: FixtureKind<RealSwapInput> = {
  kind: 'amm-cp',
  split: listedCases,
  compute: realSwap,
}

export const constantProductTargetKind: FixtureKind<Parameters<typeof realInputToReach>[0]> = {
  kind: 'amm-cp-target',
  split: listedCases,
  compute: realInputToReach,
}

export const stableSwapKind: FixtureKind<RealStableSwapInput> = {
  kind: 'amm-stableswap2',
  split: listedCases,
  compute: realStableSwap,
}

/** Decimal texts. */
interface QuoteInput {
  readonly amountIn: string
  readonly reserveIn: string
  readonly reserveOut: string
}

export const uniswapV2Kind: FixtureKind<QuoteInput> = {
  kind: 'amm-v2-integer',
  split: listedCases,
  compute: (input) => {
    const reserveIn = BigInt(input.reserveIn)
    const reserveOut = BigInt(input.reserveOut)
    const amountOut = amountOutFloor(BigInt(input.amountIn), reserveIn, reserveOut, UNISWAP_V2_FEE)
    // The files ask for one unit where the input buys nothing.
    const asked = amountOut === 0n ? 1n : amountOut
    return {
      amountOut: String(amountOut),
      amountInForThatOut: String(amountInUp(asked, reserveIn, reserveOut, UNISWAP_V2_FEE)),
    }
  },
}
