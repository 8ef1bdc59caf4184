// What stands in the directories that the dashboard was started with: runs, a sweep and runs beside it, or a network that runs.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openRun } from './read-frame.ts'
import type { Shown } from './server.ts'
import { WatchedSweep } from './watched-sweep.ts'

/** Of a live network; known without its modules, which load libp2p. */
const NETWORK_FILE = 'network.json'

/** @throws SolventError E_RESULTS when a directory is none of these; E_NO_NETWORK */
export async function openShown(directories: readonly string[]): Promise<Shown> {
  const [first = '', ...rest] = directories
  if (existsSync(join(first, NETWORK_FILE))) {
    const { WatchedNetwork } = await import('./watched-network.ts')
    return { runs: [], sweep: null, network: await WatchedNetwork.open(first) }
  }
  const sweep = await WatchedSweep.open(first)
  const runs = []
  for (const directory of sweep === null ? directories : rest) runs.push(await openRun(directory))
  return { runs, sweep, network: null }
}
