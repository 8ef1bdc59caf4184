// What an audit found: how often each invariant was evaluated, and every breach.
import type { ChainId } from '@solvent/primitives'
import { type InvariantCatalogue, isRequired, type RuntimeName } from './invariant.ts'
import { type InvariantId, invariantIds } from './invariant-id.ts'
import type { RunNeed } from './run-needs.ts'

/** One broken invariant, with what a reader needs to find it in a replay. */
export interface Breach {
  readonly id: InvariantId
  /** The catalogue's sentence. */
  readonly statement: string
  /** Unix ms of virtual time: of the block, the event or the end of the run. */
  readonly atMs: number
  /** Null when it is no matter of one chain. */
  readonly chainId: ChainId | null
  /** What was found and what was expected, with the ids of the objects. */
  readonly detail: string
}

export interface AuditReport {
  /** Evaluations per invariant; every id of the catalogue has an entry. */
  readonly checked: ReadonlyMap<InvariantId, number>
  /** In the order in which they were found; at most {@link MAX_BREACHES_PER_ID} of one id are kept. */
  readonly broken: readonly Breach[]
  /** Breaches found beyond those kept. */
  readonly omitted: number
  /** Base units that have entered LOSS per reason, over all chains and tokens, as `chainId:token/reason` (L-6). */
  readonly losses: ReadonlyMap<string, bigint>
}

/** A broken rule breaks again at every block; the first ones tell the story. */
export const MAX_BREACHES_PER_ID = 20

/**
 * The invariants that a run on `runtime` must have evaluated and did not: each is a failure of the run.
 *
 * @example neverEvaluated(report, invariantCatalogue, 'sim') // [] after a healthy run
 */
export function neverEvaluated(
  report: Pick<AuditReport, 'checked'>,
  catalogue: InvariantCatalogue,
  runtime: RuntimeName = 'sim',
  demands: RunDemands = {},
): InvariantId[] {
  const { met, exercises = [] } = demands
  return invariantIds.filter(
    (id) =>
      (exercises.includes(id) || isRequired(catalogue[id], runtime, met)) &&
      (report.checked.get(id) ?? 0) === 0,
  )
}

/** What is asked of a run: everything, unless it says what it has in it; and whatever it says it exercises. */
export interface RunDemands {
  readonly met?: ReadonlySet<RunNeed>
  readonly exercises?: readonly InvariantId[]
}
