// What stands in the directories that the dashboard was started with: runs, or a sweep and runs beside it.
import { openRun } from './read-frame.ts'
import type { Shown } from './server.ts'
import { WatchedSweep } from './watched-sweep.ts'

/** @throws SolventError E_RESULTS when a directory is none of these */
export async function openShown(directories: readonly string[]): Promise<Shown> {
  const [first = '', ...rest] = directories
  const sweep = await WatchedSweep.open(first)
  const runs = []
  for (const directory of sweep === null ? directories : rest) runs.push(await openRun(directory))
  return { runs, sweep }
}
