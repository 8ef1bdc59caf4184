// What a derivative's contract did.
import type { CustodianEvent } from './custodian-event.ts'

export type DerivativeEvent = CustodianEvent
