// Interfaces only: what a node lives on. The conformance suites are in `@solvent/ports/testing`.
export type { Clock } from './clock.ts'
export type {
  Execution,
  ExecutionAnswer,
  ExecutionEngine,
  ExecutionTicket,
  ProducedSlot,
} from './execution.ts'
export type { Inbound } from './inbound.ts'
export type { Log } from './log.ts'
export type { Meter } from './meter.ts'
export type { Node } from './node.ts'
export type { Ports } from './ports.ts'
export type { RandomStream, Rng } from './rng.ts'
export type { Storable, Store, StoreTicket } from './store.ts'
export type { TimerId, Timers } from './timers.ts'
export type { ReplyToken, RequestFailure, RequestId, Transport } from './transport.ts'
export type { Verdict } from './verdict.ts'
export type { Vocabulary } from './vocabulary.ts'
