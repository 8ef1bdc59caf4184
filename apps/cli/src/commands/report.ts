// `solvent report DIR`: a page with charts, and the charts as files.
import { join } from 'node:path'
import { checkResultsDirectory, writeReport } from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { note, result } from '../output/streams.ts'
import { resultsPath, userPath } from '../user-path.ts'

export interface ReportOptions {
  readonly out?: string | undefined
}

export async function report(directory: string, options: ReportOptions): Promise<number> {
  const place = await resultsPath(directory)
  const to = options.out === undefined ? join(place, 'report') : userPath(options.out)
  await checkResultsDirectory(to)
  const soFar = await writeReport(place, to, directory)
  if (soFar !== null)
    note(`the sweep is not finished: ${soFar.recorded} of at most ${soFar.planned} runs so far`)
  result(join(to, 'report.html'))
  return EXIT.ok
}
