// Liquidation by parts: what an engine of this kind lets through, and when of the same account again.
import { BPS, divUp } from '@solvent/primitives'
import type { LiquidationEngine } from '@solvent/protocol'
import type { LendingRules } from '../pool.ts'
import type { LendingContract } from './lending-contract.ts'

/** The part of a debt that may be repaid at once, rounded up. */
export function slowPart(owed: bigint, partBps: bigint): bigint {
  return divUp(owed * partBps, BPS)
}

/** The rule of the machine that an engine adds. */
export function slowRule(engine: LiquidationEngine, part: typeof slowPart): Pick<LendingRules, 'partAtOnce'> {
  return engine.kind === 'slow' ? { partAtOnce: (owed) => part(owed, engine.partBps) } : {}
}

/** Whether an account may not be liquidated yet, because it was a moment ago. */
export function isTooSoon({ spec, liquidatedAt }: LendingContract, owner: string, now: number): boolean {
  const last = liquidatedAt.get(owner)
  return spec.engine.kind === 'slow' && last !== undefined && now < last + spec.engine.intervalSeconds
}
