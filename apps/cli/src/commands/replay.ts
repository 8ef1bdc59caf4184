// `solvent replay DIR RUN`: one run of a sweep again, with its events, and on request with the results of a run.
import { replayResults, replayRun } from '@solvent/experiments/sweep'
import { EXIT } from '../exit-code.ts'
import { note, result, resultJson } from '../output/streams.ts'
import { resultsPath, userPath } from '../user-path.ts'

export async function replay(
  directory: string,
  run: number,
  options: { readonly out?: string | undefined; readonly json?: boolean | undefined },
): Promise<number> {
  const place = await resultsPath(directory)
  const { record, recorded, isSame } = await replayRun(place, run)
  const { events, ...shown } = record
  if (options.json === true) resultJson({ ...shown, events, recorded, isSame })
  else {
    result(JSON.stringify(shown, null, 2))
    if (isSame === null) note('nothing is recorded of this run')
    else note(isSame ? 'the same as was recorded' : 'not what was recorded')
  }
  if (options.out !== undefined) {
    const out = userPath(options.out)
    await replayResults(place, run, out)
    note(`results: ${out}`)
  }
  if (record.status === 'broken') return EXIT.invariant
  return record.status === 'ok' && isSame !== false ? EXIT.ok : EXIT.expectation
}
