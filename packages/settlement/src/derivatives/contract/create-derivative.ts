// The contract of a derivative on its chain, by its kind.
import { assertNever } from '@solvent/primitives'
import type { DerivativeSpec } from '@solvent/protocol'
import { DiscountWindowContract } from '../../controls/discount-window/window-contract.ts'
import type { UndoLog } from '../../ledger/undo-log.ts'
import { CoverContract } from '../cover/cover-contract.ts'
import { CustodianContract } from '../custodian/custodian-contract.ts'
import { NavFundContract } from '../nav-fund/nav-fund-contract.ts'
import { OptionContract } from '../option/option-contract.ts'
import { PerpetualContract } from '../perpetual/perpetual-contract.ts'

export type DerivativeContract =
  | CoverContract
  | CustodianContract
  | DiscountWindowContract
  | NavFundContract
  | OptionContract
  | PerpetualContract

export function createDerivative(
  log: UndoLog,
  spec: DerivativeSpec,
  genesisSeconds: number,
): DerivativeContract {
  switch (spec.kind) {
    case 'custodian':
      return new CustodianContract(log, spec)
    case 'cover':
      return new CoverContract(log, spec, genesisSeconds)
    case 'discount-window':
      return new DiscountWindowContract(log, spec)
    case 'nav-fund':
      return new NavFundContract(log, spec, genesisSeconds)
    case 'option-desk':
      return new OptionContract(log, spec)
    case 'perpetual':
      return new PerpetualContract(log, spec, genesisSeconds)
    default:
      return assertNever(spec)
  }
}
