// The contract of an option desk: its terms as its state machine takes them, and its state behind the chain's undo log.
import { BPS } from '@solvent/primitives'
import type { OptionDeskSpec, OptionSeriesSpec } from '@solvent/protocol'
import { UndoableCell, type UndoLog } from '../../ledger/undo-log.ts'
import { type DeskRules, EMPTY_DESK, fundDesk, type OptionDesk, type Series } from './option-desk.ts'

export class OptionContract {
  readonly spec: OptionDeskSpec
  readonly rules: DeskRules
  readonly desk: UndoableCell<OptionDesk>

  constructor(log: UndoLog, spec: OptionDeskSpec) {
    this.spec = spec
    this.rules = deskRules(spec)
    this.desk = new UndoableCell<OptionDesk>(log, fundDesk(EMPTY_DESK, spec.capital))
  }
}

/** The terms of a desk as its state machine takes them. */
export function deskRules({
  baseUnit,
  quoteUnit,
  spreadBps,
  callReserveBps,
  rateBps,
}: OptionDeskSpec): DeskRules {
  return { baseUnit, quoteUnit, spreadBps, callReserveBps, rate: Number(rateBps) / Number(BPS) }
}

export function seriesOf({ option, strikeE8, expiry }: OptionSeriesSpec): Series {
  return { kind: option, strikeE8, expiry }
}
