// What a transaction asks of a derivative's contract.
import type { CoverCall } from './cover.ts'
import type { CustodianCall } from './custodian-call.ts'
import type { NavFundCall } from './nav-fund.ts'
import type { OptionCall } from './option.ts'
import type { PerpetualCall } from './perpetual-call.ts'

export type DerivativeCall = CustodianCall | CoverCall | NavFundCall | OptionCall | PerpetualCall
