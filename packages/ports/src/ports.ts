// All ports of a node. A constructor asks for the ones it uses: `Pick<Ports<V>, 'clock' | 'timers' | …>`.
import type { Clock } from './clock.ts'
import type { Execution } from './execution.ts'
import type { Log } from './log.ts'
import type { Meter } from './meter.ts'
import type { Rng } from './rng.ts'
import type { Store } from './store.ts'
import type { Timers } from './timers.ts'
import type { Transport } from './transport.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface Ports<V extends Vocabulary> {
  readonly clock: Clock
  readonly timers: Timers
  readonly rng: Rng
  readonly transport: Transport<V>
  /** Producers only; one per chain the node produces for, in the order of its configuration. */
  readonly execution: readonly Execution<V>[]
  readonly signer: V['signer']
  readonly store: Store
  readonly log: Log<V>
  readonly meter: Meter
}
