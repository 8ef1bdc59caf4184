// What a transaction asks of a derivative's contract.
import type { CustodianCall } from './custodian-call.ts'
import type { PerpetualCall } from './perpetual-call.ts'

export type DerivativeCall = CustodianCall | PerpetualCall
