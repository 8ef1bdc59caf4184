// What a node records: typed domain events for the run's log and the audit, free text for people.
import type { Vocabulary } from './vocabulary.ts'

export interface Log<V extends Vocabulary> {
  /** A domain event, stamped by the runtime with time and node. */
  event(event: V['event']): void
  /** For a person reading `solvent logs`; never parsed, never part of a digest. */
  text(level: 'debug' | 'info' | 'warn', message: string): void
}
