// What users gained: the value of what fills delivered, less what they gave for it, less what the loss rule takes from
// their own holdings. Values in the numeraire times 10^8; what orders moved is at the price alone.
import type { AccountBalance } from '@solvent/audit'
import type { Party } from '@solvent/protocol'
import { isHeldBy, sumOf } from './balance-sheet.ts'
import type { Marks } from './marks.ts'
import type { OrderOutcome } from './order-outcome.ts'

export interface UserWelfare {
  /** Value delivered to users by fills. */
  readonly outputE8: bigint
  /** Value that users gave: the inputs of filled or stolen orders that were not refunded. */
  readonly inputE8: bigint
  /** The part of it that false proofs took out of escrow. */
  readonly stolenE8: bigint
  /** What the loss rule takes from users' own holdings. */
  readonly haircutE8: bigint
  /** outputE8 - inputE8 - haircutE8. */
  readonly welfareE8: bigint
}

export function userWelfare(
  outcomes: readonly OrderOutcome[],
  users: readonly Party[],
  balances: readonly AccountBalance[],
  marks: Marks,
): UserWelfare {
  const filled = outcomes.filter((outcome) => outcome.filled)
  const outputE8 = sumOf(filled, ({ outputChainId, outputToken, outputAmount }) =>
    marks.faceValueE8(outputChainId, outputToken, outputAmount ?? 0n),
  )
  const inputOf = ({ originChainId, inputToken, inputAmount }: OrderOutcome): bigint =>
    marks.faceValueE8(originChainId, inputToken, inputAmount)
  const stolen = outcomes.filter((outcome) => outcome.stolen)
  const paid = outcomes.filter((each) => (each.filled || each.stolen) && each.opened && !each.refunded)
  const inputE8 = sumOf(paid, inputOf)
  const held = balances.filter((line) => users.some(({ address }) => isHeldBy(line, address)))
  const haircutE8 = sumOf(
    held,
    ({ chainId, token, amount }) =>
      marks.faceValueE8(chainId, token, amount) - marks.valueE8(chainId, token, amount),
  )
  const stolenE8 = sumOf(stolen, inputOf)
  return { outputE8, inputE8, stolenE8, haircutE8, welfareE8: outputE8 - inputE8 - haircutE8 }
}
