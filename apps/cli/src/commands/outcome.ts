// What a finished run means for the exit code.
import type { RunSummary } from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { note } from '../output/streams.ts'

/** 3 when an invariant broke (prints the replay line), 1 when an expectation failed, else 0. */
export function outcomeCode(summaries: readonly RunSummary[], replay: string): number {
  const broken = summaries.flatMap(({ invariants }) => invariants.broken)
  if (broken.length > 0) {
    for (const { id, statement, atMs, detail } of broken.slice(0, 20))
      note(`broken ${id} at ${atMs} ms: ${statement}\n  ${detail}`)
    note(`replay: ${replay}`)
    return EXIT.invariant
  }
  const failed = summaries.flatMap(({ expectations }) => expectations).filter(({ ok }) => !ok)
  for (const { name, got, want } of failed)
    note(`expectation failed: ${name} (got ${String(got)}, want ${want})`)
  return failed.length > 0 ? EXIT.expectation : EXIT.ok
}
