// What a transaction asks of a derivative's contract.
import type { DiscountWindowCall } from '../controls/discount-window.ts'
import type { CoverCall } from './cover.ts'
import type { CustodianCall } from './custodian-call.ts'
import type { NavFundCall } from './nav-fund.ts'
import type { OptionCall } from './option.ts'
import type { PerpetualCall } from './perpetual-call.ts'

export type DerivativeCall =
  | CustodianCall
  | CoverCall
  | DiscountWindowCall
  | NavFundCall
  | OptionCall
  | PerpetualCall
