// What a transaction asks a chain to do: one kind for each entry point of its contracts. Each contract's kinds stand
// beside what the contract is about.
import type { Address } from '@solvent/primitives'
import type { BridgeCall } from '../bridge/bridge-call.ts'
import type { BundleCall } from '../bridge/bundle-call.ts'
import type { CustodyCall } from '../bridge/custody-call.ts'
import type { HeaderCall } from '../bridge/header-call.ts'
import type { LimiterCall } from '../bridge/limiter-call.ts'
import type { RecoveryCall } from '../bridge/recovery-call.ts'
import type { RotationCall } from '../bridge/rotation-call.ts'
import type { SlashCall } from '../consensus/slash.ts'
import type { AuthorityCall } from '../controls/authority-call.ts'
import type { DerivativeCall } from '../derivatives/derivative-call.ts'
import type { LendingCall } from '../lending/lending-call.ts'
import type { MarketCall } from '../market/market-call.ts'
import type { OracleCall } from '../oracle/oracle-call.ts'
import type { SettlerCall } from '../order/settler-call.ts'
import type { PreconfirmationCall } from '../preconfirmation/preconfirmation-call.ts'
import type { InboxCall } from '../rollup/inbox-call.ts'
import type { StablecoinCall } from '../stablecoin/stablecoin-call.ts'
import type { UpgradeCall } from '../upgrade/upgrade-call.ts'
import type { KeyCall } from './account-key.ts'

/** Moves `amount` of `token` (zero address: the gas token) from the sender. */
export interface TransferCall {
  readonly kind: 'transfer'
  readonly token: Address
  readonly to: Address
  readonly amount: bigint
}

export type Call =
  | TransferCall
  | KeyCall
  | SettlerCall
  | BridgeCall
  | BundleCall
  | CustodyCall
  | HeaderCall
  | LimiterCall
  | RecoveryCall
  | RotationCall
  | InboxCall
  | LendingCall
  | OracleCall
  | StablecoinCall
  | DerivativeCall
  | UpgradeCall
  | PreconfirmationCall
  | SlashCall
  | MarketCall
  | AuthorityCall
export type CallKind = Call['kind']
