// What became of a contract's code, as a typed event.
import type { Address } from '@solvent/primitives'
import type { ContractFlaw, FlawChange } from './contract-flaw.ts'

export interface UpgradeEvent {
  readonly kind: 'contract-upgraded'
  readonly contract: Address
  readonly flaw: ContractFlaw
  readonly change: FlawChange
}
