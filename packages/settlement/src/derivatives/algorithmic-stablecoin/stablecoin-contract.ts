// What the contract of an algorithmic stablecoin remembers, behind the chain's undo log.
import { wholeUnit } from '@solvent/primitives'
import type { StablecoinSpec } from '@solvent/protocol'
import { UndoableCell, type UndoLog } from '../../ledger/undo-log.ts'
import { type MintAndBurnRules, POOL_AT_REST, type VirtualPool } from './mint-and-burn.ts'

export class StablecoinContract {
  readonly spec: StablecoinSpec
  readonly rules: MintAndBurnRules
  readonly pool: UndoableCell<VirtualPool>

  constructor(log: UndoLog, spec: StablecoinSpec) {
    this.spec = spec
    const { basePool, recoveryBlocks, minSpreadBps, stableDecimals, tokenDecimals } = spec
    const units = { stableUnit: wholeUnit(stableDecimals), tokenUnit: wholeUnit(tokenDecimals) }
    this.rules = { basePool, recoveryBlocks, minSpreadBps, ...units }
    this.pool = new UndoableCell(log, POOL_AT_REST)
  }
}
