// What one contract's code leaves out at the moment; changed by upgrades, and taken back with the blocks that made them.
import type { ContractFlaw, FlawChange } from '@solvent/protocol'
import { UndoableMap, type UndoLog } from '../ledger/undo-log.ts'

export class FlawSet {
  readonly #changes: UndoableMap<ContractFlaw, FlawChange>
  readonly #atGenesis: ReadonlySet<ContractFlaw>

  constructor(log: UndoLog, atGenesis: readonly ContractFlaw[] = []) {
    this.#changes = new UndoableMap(log)
    this.#atGenesis = new Set(atGenesis)
  }

  has(flaw: ContractFlaw): boolean {
    const change = this.#changes.get(flaw)
    return change === undefined ? this.#atGenesis.has(flaw) : change === 'introduced'
  }

  change(flaw: ContractFlaw, change: FlawChange): void {
    this.#changes.set(flaw, change)
  }
}
