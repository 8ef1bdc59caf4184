// What a contract knows of its chain's sequencer: a flag that reporters set, and how long it has been up. Source: Chainlink's L2 sequencer
// uptime feeds (1 and 0 are the other way round there), Aave's PriceOracleSentinel.sol before v3.7 (the grace period).
import type { LendingPoolSpec } from '@solvent/protocol'
import type { Moment } from '../lending/pool.ts'
import { type Answering, readAnswer } from './read-answer.ts'

export function sequencerState(
  state: Answering,
  { oracle, graceSeconds }: NonNullable<LendingPoolSpec['uptime']>,
  now: number,
): NonNullable<Moment['sequencer']> {
  const answer = readAnswer(state, oracle, now)
  if (answer === null || answer.answerE8 <= 0n) return 'down'
  // The flag is told anew at each heartbeat, and reporters who disagree move it; what counts is since when it has been up.
  const since = state.oracles.get(oracle)?.since.get() ?? answer.updatedAt
  return now - since <= graceSeconds ? 'grace-period' : 'up'
}
