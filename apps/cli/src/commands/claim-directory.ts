// One network at a time in a directory: a running one is refused, what an ended one left is removed, and nothing else is.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ENDING_NOTE, NETWORK_FILE, readNetworkFile } from '@solvent/experiments/live'
import { isSolventError, SolventError } from '@solvent/primitives'
import { isRunning } from './running-process.ts'

/**
 * Makes a directory ready for a new network.
 *
 * @throws SolventError E_LAUNCH when a network of this directory still runs; E_NETWORK_FOREIGN when something else is in it
 */
export async function claimDirectory(directory: string): Promise<void> {
  const network = await readNetworkFile(directory).catch((error: unknown) => {
    if (isSolventError(error, 'E_NO_NETWORK')) return null
    throw error
  })
  if (network === null) return await refuseForeign(directory)
  const running = network.nodes.filter(isRunning)
  if (running.length > 0) {
    throw new SolventError({
      code: 'E_LAUNCH',
      message: 'A network already runs from this directory.',
      details: { directory, nodes: running.length },
      hint: 'End it with: npm run -s solvent -- down. Or set SOLVENT_NETWORK to another directory.',
    })
  }
  const ours = [...network.nodes.map((node) => node.directory), network.plan, NETWORK_FILE, ENDING_NOTE]
  for (const name of ours) await rm(join(directory, name), { recursive: true, force: true })
}

async function refuseForeign(directory: string): Promise<void> {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new SolventError({
      code: 'E_NETWORK_FOREIGN',
      message: 'This cannot be the directory of a network.',
      details: { directory, system: error.code ?? error.message },
      cause: error,
    })
  })
  if (entries.length === 0) return
  throw new SolventError({
    code: 'E_NETWORK_FOREIGN',
    message: 'The directory exists and is not a network of ours; nothing was started.',
    details: { directory },
    hint: 'Set SOLVENT_NETWORK to another one.',
  })
}
