// `solvent report DIR`: a page with charts, and the charts as files.
import { join } from 'node:path'
import { checkResultsDirectory, writeReport } from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { result } from '../output/streams.ts'
import { userPath } from '../user-path.ts'

export interface ReportOptions {
  readonly out?: string | undefined
}

export async function report(directory: string, options: ReportOptions): Promise<number> {
  const place = userPath(directory)
  const to = options.out === undefined ? join(place, 'report') : userPath(options.out)
  await checkResultsDirectory(to)
  await writeReport(place, to, directory)
  result(join(to, 'report.html'))
  return EXIT.ok
}
