// Who ends a node from another terminal may ask that it come back: a note beside the node's files, which the launcher reads
// when the process is gone.
import { rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface RestartRequest {
  /** Ms of the wall after the end of the process. */
  readonly afterWallMs: number
  readonly disk: 'kept' | 'lost'
}

const NOTE = 'restart.json'

export function askForRestart(directory: string, node: string, request: RestartRequest): void {
  writeFileSync(join(directory, node, NOTE), JSON.stringify(request), { mode: 0o600 })
}

/** The request, which is gone then; null when there is none, or none that can be read. */
export async function takeRestartRequest(directory: string, node: string): Promise<RestartRequest | null> {
  const file = join(directory, node, NOTE)
  try {
    const { afterWallMs, disk } = JSON.parse(await readFile(file, 'utf8')) as Partial<RestartRequest>
    rmSync(file, { force: true })
    return typeof afterWallMs === 'number' ? { afterWallMs, disk: disk === 'lost' ? 'lost' : 'kept' } : null
  } catch {
    return null
  }
}
