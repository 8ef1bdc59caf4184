// Who ends a network from another terminal leaves word for its launcher, which could otherwise bring back a node that was to be
// restarted: in a network that ends, nobody comes back.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Beside the network file. */
export const ENDING_NOTE = 'ending'

export function noteEnding(directory: string): void {
  writeFileSync(join(directory, ENDING_NOTE), '', { mode: 0o600 })
}

export function isEnding(directory: string): boolean {
  return existsSync(join(directory, ENDING_NOTE))
}
