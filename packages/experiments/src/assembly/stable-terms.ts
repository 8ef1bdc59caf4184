// What brings the coins of a stable pool to common units, and its amplification: of the pool's contract and of whoever prices its shares.
import { parseUnits } from '@solvent/primitives'
import type { StableSwapDesign } from '@solvent/protocol'
import { pairOf, type ScenarioMarket } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

const RATE_DECIMALS = 18

export function stableTerms(
  { assets }: Scenario,
  market: Extract<ScenarioMarket, { kind: 'stable-swap' }>,
): Pick<StableSwapDesign, 'amplification' | 'rate0' | 'rate1'> {
  const [first, second] = pairOf(market)
  const scale = (symbol: string): bigint => 10n ** BigInt(RATE_DECIMALS - assets[symbol]!.decimals)
  return {
    amplification: market.amplification,
    rate0: scale(first) * parseUnits(market.rate, RATE_DECIMALS),
    rate1: scale(second) * parseUnits('1', RATE_DECIMALS),
  }
}
