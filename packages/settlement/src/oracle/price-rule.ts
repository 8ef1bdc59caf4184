// When a contract uses what an oracle says, and when it refuses to: settlement rules §4.2. A refused price makes the action fail;
// nobody puts another price in its place.
import { type Address, BPS } from '@solvent/primitives'
import type { PriceRule } from '@solvent/protocol'
import type { Answer } from './oracle-state.ts'

/** The answer, if it may be used at this time. */
export function acceptedPrice(
  rule: PriceRule,
  now: number,
  answerOf: (oracle: Address) => Answer | null,
): Answer | null {
  const answer = answerOf(rule.oracle)
  if (answer === null || !isWithin(rule, answer, now)) return null
  const { corroboration } = rule
  if (corroboration === undefined) return answer
  const second = answerOf(corroboration.oracle)
  if (second === null || second.answerE8 <= 0n || now - second.updatedAt > rule.maxAgeSeconds) return null
  const apart = answer.answerE8 - second.answerE8
  const most = second.answerE8 * BigInt(corroboration.deviationBps)
  return (apart < 0n ? -apart : apart) * BPS <= most ? answer : null
}

function isWithin({ maxAgeSeconds, floorE8, capE8 }: PriceRule, answer: Answer, now: number): boolean {
  const { answerE8, updatedAt } = answer
  return answerE8 > 0n && now - updatedAt <= maxAgeSeconds && answerE8 >= floorE8 && answerE8 <= capE8
}
