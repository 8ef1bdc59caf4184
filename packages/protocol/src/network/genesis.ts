// What a chain's genesis block holds: who owns what. Minted by one journal entry with cause `genesis`.
import type { Address, ChainId } from '@solvent/primitives'
import type { AccountKind } from '../chain/journal.ts'

export interface Genesis {
  readonly chainId: ChainId
  /** Balances at genesis, in a fixed order. BRIDGE_LOCK balances back what is minted elsewhere. */
  readonly balances: readonly GenesisBalance[]
  /** Which ledger kind an account of a participant has; accounts not named are USER. */
  readonly accounts: readonly { readonly address: Address; readonly kind: AccountKind }[]
}

export interface GenesisBalance {
  readonly kind: AccountKind
  readonly owner: string
  readonly token: Address
  /** Base units, positive. */
  readonly amount: bigint
}
