// What a derivative's contract did.
import type { DiscountWindowEvent } from '../controls/discount-window.ts'
import type { CoverEvent } from './cover.ts'
import type { CustodianEvent } from './custodian-event.ts'
import type { NavFundEvent } from './nav-fund.ts'
import type { OptionEvent } from './option.ts'
import type { PerpetualEvent } from './perpetual-event.ts'

export type DerivativeEvent =
  | CustodianEvent
  | CoverEvent
  | DiscountWindowEvent
  | NavFundEvent
  | OptionEvent
  | PerpetualEvent
