// An oracle that tells the average price of a pair over a window: two readings of the pair's sum of price × seconds, at least a window
// apart, divided by the time between them. What one block does to the price counts for one block's seconds. Source: Uniswap v2-periphery,
// ExampleOracleSimple.sol (update); in the numeraire by the oracle of the pair's other coin.
import type { AverageSource } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { averagePriceFloor } from '../market/constant-product/price-accumulator.ts'
import type { OracleState } from './oracle-state.ts'
import { readAnswer } from './read-answer.ts'

/** Takes a reading; from the second one on there is an average. */
export function takeAverage(
  { state, now, events, rules }: CallContext,
  oracle: OracleState,
  source: AverageSource,
): CallResult {
  const reading = state.markets.get(source.market)?.accumulated(now) ?? null
  if (reading === null) return 'unknown-market'
  const last = oracle.reading.get()
  const which = source.side === 'token0' ? 0 : 1
  if (last !== null && now < last.atSeconds + source.windowSeconds) return 'too-early'
  let answerE8: bigint | null = null
  if (last !== null) {
    const average = averagePriceFloor(last.accumulator, reading, which)
    const other = readAnswer(state, source.of, now)
    if (average === null || other === null) return 'no-price'
    answerE8 = rules.averageInNumeraire(average, other.answerE8, source)
    const round = (oracle.answer.get()?.round ?? -1) + 1
    oracle.answer.set({ answerE8, updatedAt: now, round })
  }
  oracle.reading.set({ accumulator: reading, atSeconds: now })
  const cumulativeX112 = which === 0 ? reading.price0CumulativeLast : reading.price1CumulativeLast
  events.push({ kind: 'average-taken', oracle: oracle.spec.address, cumulativeX112, answerE8 })
  return null
}
