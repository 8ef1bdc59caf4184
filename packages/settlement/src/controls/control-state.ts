// What the controls of a chain remember, behind its undo log.
import type { Address, ChainId } from '@solvent/primitives'
import type { BreakerSpec, NetworkControls, OutflowLimitSpec } from '@solvent/protocol'
import { UndoableCell, type UndoLog } from '../ledger/undo-log.ts'
import { BREAKER_AT_REST, type BreakerRules, type BreakerState } from './circuit-breaker.ts'
import type { Outflow } from './outflow-window.ts'

export interface Breaker {
  readonly spec: BreakerSpec
  readonly rules: BreakerRules
  readonly state: UndoableCell<BreakerState>
}

export interface OutflowLimit {
  readonly spec: OutflowLimitSpec
  /** Oldest first. */
  readonly outflows: UndoableCell<readonly Outflow[]>
}

export class ControlState {
  readonly breakers: readonly Breaker[]
  readonly outflowLimits: readonly OutflowLimit[]

  constructor(log: UndoLog, { breakers, outflowLimits }: NetworkControls, chainId: ChainId) {
    this.breakers = breakers
      .filter((spec) => spec.chainId === chainId)
      .map((spec) => ({ spec, rules: spec, state: new UndoableCell(log, BREAKER_AT_REST) }))
    this.outflowLimits = outflowLimits
      .filter((spec) => spec.chainId === chainId)
      .map((spec) => ({ spec, outflows: new UndoableCell<readonly Outflow[]>(log, []) }))
  }

  limitsOf(guarded: Address): readonly OutflowLimit[] {
    return this.outflowLimits.filter(({ spec }) => spec.guarded === guarded)
  }
}
