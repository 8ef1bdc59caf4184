// Who ends a node from another terminal may ask that it come back: a note beside the node's files, which the launcher reads
// when the process is gone. It is about that process: when another one ends, the note is void.
import { rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How a node comes back. */
export interface Comeback {
  readonly disk: 'kept' | 'lost'
  /** Of its process, at most; left out: what the machine gives. */
  readonly heapMegabytes?: number
}

export interface RestartRequest extends Comeback {
  /** The process that is to end. */
  readonly pid: number
  /** Ms of the wall after its end. */
  readonly afterWallMs: number
}

const NOTE = 'restart.json'

export function askForRestart(directory: string, node: string, request: RestartRequest): void {
  writeFileSync(join(directory, node, NOTE), JSON.stringify(request), { mode: 0o600 })
}

/** The request about this process, which is gone then; null when there is none, or none that can be read. */
export async function takeRestartRequest(
  directory: string,
  node: string,
  pid: number,
): Promise<RestartRequest | null> {
  const file = join(directory, node, NOTE)
  try {
    const request = JSON.parse(await readFile(file, 'utf8')) as Partial<RestartRequest>
    rmSync(file, { force: true })
    const { afterWallMs, disk, heapMegabytes } = request
    if (request.pid !== pid || typeof afterWallMs !== 'number') return null
    const heap = typeof heapMegabytes === 'number' ? { heapMegabytes } : {}
    return { pid, afterWallMs, disk: disk === 'lost' ? 'lost' : 'kept', ...heap }
  } catch {
    return null
  }
}
