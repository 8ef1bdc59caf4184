// What a finished sweep means for the exit code.
import type { SweepSummary } from '@solvent/experiments/sweep'
import { EXIT } from '../exit-code.ts'
import { note } from '../output/streams.ts'

/** 3 when an invariant broke in a run, 1 when runs failed otherwise, else 0; every failure has its line. */
export function sweepOutcome({ failures }: SweepSummary, directory: string): number {
  for (const { status, point, policy, replicate, problem, replay } of failures.slice(0, 20)) {
    note(`${status}: point ${point}, ${policy}, replicate ${replicate}: ${problem?.code} ${problem?.message}`)
    if (replay !== null) note(`  replay: ${replay.replace('DIR', directory)}`)
  }
  if (failures.length > 20) note(`… and ${failures.length - 20} more: failures in summary.json`)
  if (failures.some(({ status }) => status === 'broken')) return EXIT.invariant
  return failures.length > 0 ? EXIT.expectation : EXIT.ok
}
