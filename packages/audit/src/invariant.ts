// What is said of an invariant: its statement, when it is evaluated, how bad a breach is, where it can be seen.
import type { InvariantId } from './invariant-id.ts'
import { type RunNeed, runNeeds } from './run-needs.ts'

/** entry: at every event, on touched objects; block; thousand: every 1,000 entries; end; live and unit: tests also prove it. */
export const cadences = ['entry', 'block', 'thousand', 'end', 'unit', 'live'] as const
export type Cadence = (typeof cadences)[number]

/** Which runtime an auditor listens to; on libp2p it sees one process's events and all chains' blocks. */
export type RuntimeName = 'sim' | 'libp2p'

/** What the evaluation reads: blocks alone, what nodes record, the runtime's queue, or the figures of a report. */
export type EvidenceSource = 'blocks' | 'events' | 'runtime' | 'report'

export interface Invariant {
  readonly statement: string
  readonly cadence: readonly Cadence[]
  /** fatal: the run stops with exit code 3 and its replay line. warning: it is reported. */
  readonly severity: 'fatal' | 'warning'
  readonly reads: EvidenceSource
  /** Where a run can evaluate it. */
  readonly runtimes: readonly RuntimeName[]
  /** What a run must have in it for the invariant to be required of it; all of them. */
  readonly needs: readonly RunNeed[]
}

export type InvariantCatalogue = Readonly<Record<InvariantId, Invariant>>

/** A run that has everything in it. */
const EVERYTHING: ReadonlySet<RunNeed> = new Set(runNeeds)

/**
 * True when a run on this runtime that never evaluated the invariant has failed; unit and live ones are tests.
 *
 * @param met what the run has in it, see `needsMet`; everything by default
 */
export function isRequired(
  invariant: Invariant,
  runtime: RuntimeName,
  met: ReadonlySet<RunNeed> = EVERYTHING,
): boolean {
  if (invariant.cadence.includes('unit') || invariant.cadence.includes('live')) return false
  return invariant.runtimes.includes(runtime) && invariant.needs.every((need) => met.has(need))
}

/** Of what can be seen on either. */
export const bothRuntimes: readonly RuntimeName[] = ['sim', 'libp2p']
