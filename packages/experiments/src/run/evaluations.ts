// Which invariants a run was to evaluate and never did: none of them was shown to hold, and each is a failed expectation. Where nothing was in
// any block the cause is one, and is said instead.
import {
  type InvariantId,
  invariantCatalogue,
  invariantIds,
  neverEvaluated,
  type RunDemands,
} from '@solvent/audit'
import type { ChainSummary } from './chain-summary.ts'
import type { ExpectationOutcome } from './expectations.ts'
import type { ScenarioDemands } from './run-demands.ts'

/** @param evaluated how often each invariant was evaluated; those left out were not */
export function unevaluated(
  evaluated: Readonly<Record<string, number>>,
  runtime: 'sim' | 'libp2p',
  demands: RunDemands,
): readonly InvariantId[] {
  const checked = new Map(invariantIds.map((id) => [id, evaluated[id] ?? 0]))
  return neverEvaluated({ checked }, invariantCatalogue, runtime, demands)
}

/** The failed expectations of a run for what it never evaluated. */
export function missedEvaluations(
  {
    chains,
    invariants,
  }: {
    readonly chains: readonly Pick<ChainSummary, 'blocks'>[]
    readonly invariants: { readonly unevaluated: readonly string[] }
  },
  { durationSeconds, shortestSlotSeconds }: Pick<ScenarioDemands, 'durationSeconds' | 'shortestSlotSeconds'>,
): readonly ExpectationOutcome[] {
  const missed = invariants.unevaluated
  if (missed.length === 0 || chains.some(({ blocks }) => blocks > 0))
    return missed.map((id) => ({ name: `${id} was evaluated`, ok: false, got: 0, want: '≥ 1' }))
  const want = `≥ 1: durationSeconds is ${durationSeconds}, the shortest slot ${shortestSlotSeconds} s; the run ended before anything was in a block, let it last longer`
  return [{ name: 'blocks with transactions', ok: false, got: 0, want }]
}
