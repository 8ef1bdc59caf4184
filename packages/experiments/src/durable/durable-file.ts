// A file that is there as a whole or not at all: written beside its place, synced, renamed, the directory synced.
import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import type { Disk } from './disk.ts'
import { writeRefused } from './store-error.ts'

/** Names of drafts begin so; a resumed sweep removes what a killed one left. */
export const DRAFT = '.draft-'

/** Replaces a file. @throws SolventError E_STORE_WRITE */
export async function writeDurable(disk: Disk, path: string, content: string | Uint8Array): Promise<void> {
  const directory = dirname(path)
  const draft = join(directory, `${DRAFT}${basename(path)}-${randomBytes(6).toString('hex')}`)
  try {
    const file = await disk.create(draft)
    try {
      await file.write(typeof content === 'string' ? Buffer.from(content) : content)
      await file.datasync()
    } finally {
      await file.close()
    }
    await disk.rename(draft, path)
    await disk.syncDirectory(directory)
  } catch (cause) {
    await disk.remove(draft).catch(() => undefined)
    throw writeRefused(directory, cause)
  }
}
