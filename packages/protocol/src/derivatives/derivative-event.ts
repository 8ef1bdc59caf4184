// What a derivative's contract did.
import type { CustodianEvent } from './custodian-event.ts'
import type { PerpetualEvent } from './perpetual-event.ts'

export type DerivativeEvent = CustodianEvent | PerpetualEvent
