// What has left a contract within a sliding window. Source: ERC-7265 (circuit breaker: a limit on the outflow of a token within a
// period, beyond which the withdrawal is refused), with an amount in place of a share of the liquidity. Amounts are base units.
import { impossibleOf, type ParameterFault } from '../parameter-fault.ts'

/** All that left in one block. */
export interface Outflow {
  /** Unix seconds. */
  readonly at: number
  readonly amount: bigint
}

export interface OutflowRules {
  readonly amount: bigint
  readonly windowSeconds: number
}

/** The window with another outflow, or null when that is more than may leave. */
export function afterOutflow(
  outflows: readonly Outflow[],
  leaving: Outflow,
  { amount, windowSeconds }: OutflowRules,
): readonly Outflow[] | null {
  const counted = outflows.filter(({ at }) => leaving.at - at < windowSeconds)
  const used = counted.reduce((sum, each) => sum + each.amount, 0n)
  if (used + leaving.amount > amount) return null
  const last = counted.at(-1)
  return last?.at === leaving.at
    ? [...counted.slice(0, -1), { at: last.at, amount: last.amount + leaving.amount }]
    : [...counted, leaving]
}

export function outflowFaults({ amount, windowSeconds }: OutflowRules): ParameterFault[] {
  return impossibleOf([
    [amount <= 0n, 'a limit lets something through'],
    [!(windowSeconds >= 1), 'a window lasts at least a second'],
  ])
}
