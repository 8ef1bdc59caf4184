// An oracle that tells the average price of a market over a window: two readings of its sum of price × seconds, or tick × seconds, at least a
// window apart, divided by the time between them. What one block does to the price counts for one block's seconds. Sources: Uniswap v2-periphery,
// ExampleOracleSimple.sol (update), v3-periphery OracleLibrary.sol; in the numeraire by the oracle of the market's other coin.
import type { AverageSource } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import type { OracleState } from './oracle-state.ts'
import { averageX112, cumulativeOf } from './price-reading.ts'
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
    const average = averageX112(last.accumulator, reading, which)
    const other = readAnswer(state, source.of, now)
    if (average === null || other === null) return 'no-price'
    answerE8 = rules.averageInNumeraire(average, other.answerE8, source)
    const round = (oracle.answer.get()?.round ?? -1) + 1
    oracle.answer.set({ answerE8, updatedAt: now, round })
  }
  oracle.reading.set({ accumulator: reading, atSeconds: now })
  const cumulative = cumulativeOf(reading, which)
  events.push({ kind: 'average-taken', oracle: oracle.spec.address, cumulative, answerE8 })
  return null
}
