// The state of a live network on disk, for the processes that belong to it and for the command line: where the
// plan is, who listens where, which processes run. Written atomically; read by `solvent status`, `send`, `fault`.
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { isSolventError, SolventError } from '@solvent/primitives'
import { readRegularFile } from '../files/regular-file.ts'

export interface NetworkFile {
  readonly format: 'solvent-network/1'
  readonly name: string
  readonly seed: string
  /** Beside this file: canonical bytes of the plan. */
  readonly plan: string
  readonly genesisMs: number
  /** Virtual seconds a second, at present. */
  readonly acceleration: number
  /** Unix ms of the wall at which virtual time would have begun at this pace; null until all nodes are up. */
  readonly startedAtWallMs: number | null
  readonly launcherPid: number
  readonly nodes: readonly {
    readonly id: string
    readonly role: string
    readonly port: number
    readonly pid: number | null
    /** Beside this file. */
    readonly directory: string
  }[]
}

export const NETWORK_FILE = 'network.json'

export async function writeNetworkFile(directory: string, content: NetworkFile): Promise<void> {
  const draft = join(directory, `.${NETWORK_FILE}.${process.pid}`)
  const handle = await open(draft, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, join(directory, NETWORK_FILE))
}

const MOST_BYTES = 1_048_576

/**
 * @throws SolventError E_NO_NETWORK when there is none, E_NETWORK_FILE when it is not one of ours, E_FILE when it
 *   cannot be read
 */
export async function readNetworkFile(directory: string): Promise<NetworkFile> {
  const file = join(directory, NETWORK_FILE)
  const bytes = await readRegularFile(file, { mostBytes: MOST_BYTES }).catch((cause: unknown) => {
    if (isSolventError(cause, 'E_NO_FILE')) throw noNetwork(directory, cause)
    if (isSolventError(cause, 'E_NOT_A_FILE')) throw notOurs(file, cause)
    throw cause
  })
  if (bytes.length > MOST_BYTES) throw notOurs(file)
  try {
    const content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as NetworkFile
    if (content.format === 'solvent-network/1' && Array.isArray(content.nodes)) return content
  } catch {
    // Reported below like any other foreign content.
  }
  throw notOurs(file)
}

function noNetwork(directory: string, cause: unknown): SolventError {
  return new SolventError({
    code: 'E_NO_NETWORK',
    message: 'No network runs from this directory.',
    details: { directory },
    hint: 'Start one with: npm run -s solvent -- up configs/networks/devnet.yaml',
    cause,
  })
}

function notOurs(file: string, cause?: unknown): SolventError {
  return new SolventError({
    code: 'E_NETWORK_FILE',
    message: 'The network file is damaged or not ours.',
    details: { file },
    cause,
  })
}
