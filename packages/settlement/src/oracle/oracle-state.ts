// What an oracle's contract remembers: the newest report of each reporter, the answer, and a delayed oracle's queue.
import type { Address } from '@solvent/primitives'
import type { OracleSpec } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../ledger/undo-log.ts'
import type { PriceReading } from './price-reading.ts'

export interface Answer {
  /** Zero and below are answers too; whoever uses them has to refuse. */
  readonly answerE8: bigint
  /** Unix seconds. */
  readonly updatedAt: number
  readonly round: number
}

export interface PriceReport {
  readonly round: number
  readonly answerE8: bigint
}

export interface Reading {
  readonly accumulator: PriceReading
  /** Unix seconds. */
  readonly atSeconds: number
}

export class OracleState {
  readonly spec: OracleSpec
  readonly answer: UndoableCell<Answer | null>
  readonly reports: UndoableMap<Address, PriceReport>
  /** Since when the answer has been above zero, or not, Unix seconds: of an uptime flag, since when the sequencer is up or down. */
  readonly since: UndoableCell<number>
  /** Of an average: where the market's sums stood when it was last poked. */
  readonly reading: UndoableCell<Reading | null>
  /** Of a delayed oracle: what becomes current at the next poke. */
  readonly queued: UndoableCell<Answer | null>

  constructor(log: UndoLog, spec: OracleSpec, genesisSeconds: number) {
    this.spec = spec
    const { source } = spec
    const first =
      (source.kind === 'feed' || source.kind === 'twap') && source.genesisE8 !== null
        ? { answerE8: source.genesisE8, updatedAt: genesisSeconds, round: 0 }
        : null
    this.answer = new UndoableCell(log, first)
    this.since = new UndoableCell(log, 0)
    this.reports = new UndoableMap(log)
    this.reading = new UndoableCell<Reading | null>(log, null)
    this.queued = new UndoableCell<Answer | null>(log, null)
  }
}
