// What a finished run means for the exit code.
import type { ScenarioRun, Timekeeping } from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { shellWord } from '../output/shell-word.ts'
import { note } from '../output/streams.ts'

/**
 * 3 when an invariant broke (prints the replay line), 1 when an expectation failed, 4 when one failed only in a run that the machine
 * was too slow for, else 0; says which nodes were lost and what nodes refused of the schedule.
 */
export function outcomeCode(runs: readonly Pick<ScenarioRun, 'summary' | 'lost'>[], replay: string): number {
  const lost = runs.flatMap((run) => run.lost)
  if (lost.length > 0)
    note(`lost during the run: ${lost.map(({ node, how }) => `${node} (${how})`).join(', ')}`)
  const summaries = runs.map(({ summary }) => summary)
  for (const { runtime, refusals } of summaries)
    for (const { id, atSeconds, reason } of refusals)
      note(`refused on ${runtime} at ${atSeconds} s: ${id}: ${reason}`)
  const broken = summaries.flatMap(({ invariants }) => invariants.broken)
  if (broken.length > 0) {
    for (const { id, statement, atMs, detail } of broken.slice(0, 20))
      note(`broken ${id} at ${atMs} ms: ${statement}\n  ${detail}`)
    note(`replay: ${replay}`)
    return EXIT.invariant
  }
  let code: number = EXIT.ok
  for (const { expectations, timekeeping } of summaries) {
    const failed = expectations.filter(({ ok }) => !ok)
    for (const { name, got, want } of failed)
      note(`expectation failed: ${name} (got ${String(got)}, want ${want})`)
    if (failed.length === 0) continue
    if (timekeeping?.fellBehind !== true) code = EXIT.expectation
    else if (code === EXIT.ok) code = EXIT.io
  }
  for (const { timekeeping } of summaries)
    if (timekeeping?.fellBehind === true) note(`${fellBehind(timekeeping)} ${WHAT_TO_DO}`)
  return code
}

/** What became of time in a live run, for people. */
export function fellBehind({ latestSeconds, toleratedSeconds }: Timekeeping): string {
  return `the machine fell behind: timers up to ${latestSeconds.toFixed(1)} virtual seconds late (tolerated: ${toleratedSeconds}).`
}

const WHAT_TO_DO =
  "What the live run shows may be the machine's doing: lower live.acceleration, or end other programs."

/** The command that repeats a run in virtual time, from scenario and seed alone. */
export function replayLine(run: {
  readonly file: string
  readonly seed: number
  readonly crypto?: string | undefined
  readonly codec?: string | undefined
  readonly set?: readonly string[] | undefined
}): string {
  const options = [
    ['--seed', String(run.seed)],
    ['--crypto', run.crypto],
    ['--codec', run.codec],
  ].filter((option): option is [string, string] => option[1] !== undefined)
  const set = (run.set ?? []).flatMap((setting) => ['--set', shellWord(setting)])
  return ['npm run -s solvent -- run', shellWord(run.file), '--runtime sim', ...options.flat(), ...set].join(
    ' ',
  )
}
