// What a run of a sweep is. A sweep knows nothing of networks or auctions: it varies a tree, asks the kind whether the
// result is sound, and runs it on a seed. A kind is a module that is loaded where it is needed: by the planner and
// by each worker.
import type { Hash32 } from '@solvent/primitives'
import type { Locate } from '../../scenario/yaml-place.ts'

/** A number, or a decimal amount as text: amounts are never rounded to a double on their way to the tables. */
export type MetricValue = number | string

/** A base or a point, sound, ready to run. */
export interface PreparedJob<Config> {
  readonly config: Config
  /** The whole tree after defaults: what parameters are looked up in. */
  readonly tree: unknown
  /** Of everything that decides a run but its seed. */
  readonly hash: Hash32
}

/** What a run gave; the same for the same config and seed, on every machine. */
export interface JobOutcome {
  readonly metrics: Readonly<Record<string, MetricValue>>
  /** Of the trace; null where the kind has none. */
  readonly digest: string | null
  /** What must hold and did not. */
  readonly broken: readonly { readonly id: string; readonly detail: string }[]
  /** Domain events as JSON lines with `atMs`, `node` and `kind`; not to be asked for of a run that kept none. */
  readonly events: () => string
}

/** Of which runs domain events are kept. */
export const KEPT_EVENTS = ['none', 'failed', 'all'] as const
export type KeptEvents = (typeof KEPT_EVENTS)[number]

export interface JobKind<Config> {
  readonly name: JobKindName
  /**
   * @param file name for messages
   * @throws SolventError E_SCENARIO with places from `locate`
   */
  prepare(file: string, tree: unknown, locate: Locate): PreparedJob<Config>
  /** @param events whether any may be asked for afterwards */
  run(config: Config, seed: number, events: KeptEvents): JobOutcome
}

export const JOB_KINDS = ['run', 'learn', 'ring', 'market', 'queue'] as const
export type JobKindName = (typeof JOB_KINDS)[number]
