// The contract of a derivative on its chain, by its kind.
import type { DerivativeSpec } from '@solvent/protocol'
import type { UndoLog } from '../../ledger/undo-log.ts'
import { CustodianContract } from '../custodian/custodian-contract.ts'

export type DerivativeContract = CustodianContract

export function createDerivative(log: UndoLog, spec: DerivativeSpec): DerivativeContract {
  return new CustodianContract(log, spec)
}
