// What the admin of a contract asks of it: the bridge's issuer on every chain, a rollup's first producer on its L1.
import type { Address } from '@solvent/primitives'
import type { ContractFlaw, FlawChange } from './contract-flaw.ts'

/** Replaces the contract's code by one that has, or no longer has, a flaw. */
export interface UpgradeCall {
  readonly kind: 'upgrade'
  /** A bridge, or a rollup's contract (see `rollupContract`). */
  readonly contract: Address
  readonly flaw: ContractFlaw
  readonly change: FlawChange
}
