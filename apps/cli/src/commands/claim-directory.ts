// One network at a time in a directory: a running one is refused, what an ended one left is removed.
import { rm } from 'node:fs/promises'
import { readNetworkFile } from '@solvent/experiments/live'
import { isSolventError, SolventError } from '@solvent/primitives'

/** @throws SolventError E_LAUNCH when a network of this directory still runs */
export async function claimDirectory(directory: string): Promise<void> {
  const network = await readNetworkFile(directory).catch((error: unknown) => {
    if (isSolventError(error, 'E_NO_NETWORK')) return null
    throw error
  })
  const running = network?.nodes.filter(({ pid }) => pid !== null && isAlive(pid)) ?? []
  if (running.length > 0) {
    throw new SolventError({
      code: 'E_LAUNCH',
      message: 'A network already runs from this directory.',
      details: { directory, nodes: running.length },
      hint: 'End it with: npm run -s solvent -- down. Or set SOLVENT_NETWORK to another directory.',
    })
  }
  if (network !== null) await rm(directory, { recursive: true, force: true })
}

/** Whether a process of this number exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
