// What a derivative's contract did.
import type { CoverEvent } from './cover.ts'
import type { CustodianEvent } from './custodian-event.ts'
import type { NavFundEvent } from './nav-fund.ts'
import type { OptionEvent } from './option.ts'
import type { PerpetualEvent } from './perpetual-event.ts'

export type DerivativeEvent = CustodianEvent | CoverEvent | NavFundEvent | OptionEvent | PerpetualEvent
