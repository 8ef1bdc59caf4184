// What a transaction did, as typed events in its receipt. Solvers, bridges and watchers learn of the world
// from these and from nothing else. Each contract's events stand beside what the contract is about.
import type { BridgeEvent } from '../bridge/bridge-event.ts'
import type { BundleEvent } from '../bridge/bundle-event.ts'
import type { CustodyEvent } from '../bridge/custody-event.ts'
import type { HeaderEvent } from '../bridge/header-event.ts'
import type { LimiterEvent } from '../bridge/limiter-event.ts'
import type { RecoveryEvent } from '../bridge/recovery-event.ts'
import type { RotationEvent } from '../bridge/rotation-event.ts'
import type { SlashEvent } from '../consensus/slash.ts'
import type { ControlEvent } from '../controls/control-event.ts'
import type { DerivativeEvent } from '../derivatives/derivative-event.ts'
import type { LendingEvent } from '../lending/lending-event.ts'
import type { MarketEvent } from '../market/market-event.ts'
import type { OracleEvent } from '../oracle/oracle-event.ts'
import type { OrderEvent } from '../order/order-event.ts'
import type { PreconfirmationEvent } from '../preconfirmation/preconfirmation-event.ts'
import type { InboxEvent } from '../rollup/inbox-event.ts'
import type { StablecoinEvent } from '../stablecoin/stablecoin-event.ts'
import type { UpgradeEvent } from '../upgrade/upgrade-event.ts'
import type { KeyEvent } from './account-key.ts'

export type ChainEvent =
  | OrderEvent
  | BridgeEvent
  | BundleEvent
  | CustodyEvent
  | LimiterEvent
  | RecoveryEvent
  | RotationEvent
  | HeaderEvent
  | InboxEvent
  | LendingEvent
  | OracleEvent
  | StablecoinEvent
  | DerivativeEvent
  | UpgradeEvent
  | PreconfirmationEvent
  | SlashEvent
  | MarketEvent
  | ControlEvent
  | KeyEvent
export type ChainEventKind = ChainEvent['kind']
