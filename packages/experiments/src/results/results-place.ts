// Where results may stand: asked before a long run, and again before they are written. The parents of the directory
// are made here one by one: the recursive mkdir of Node does not end where the system says ENOENT below a directory
// that exists, as /proc does.
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { isSolventError, SolventError } from '@solvent/primitives'
import { readRegularFile } from '../files/regular-file.ts'

const MOST_MANIFEST_BYTES = 1_048_576
const MOST_LEVELS = 256

/**
 * Refuses a directory where results cannot be written, and makes its missing parents.
 *
 * @throws SolventError E_RESULTS_FOREIGN when it exists, is not empty, and is not a result of ours;
 *   E_RESULTS_WRITE when the file system lets nothing be made there
 */
export async function checkResultsDirectory(directory: string): Promise<void> {
  const place = resolve(directory)
  if ((await exists(place, directory)) && !(await isReplaceable(place))) {
    throw new SolventError({
      code: 'E_RESULTS_FOREIGN',
      message: 'The directory exists and is not a result of ours; nothing was written.',
      details: { directory },
      hint: 'Name another one with --out, or move it away.',
    })
  }
  try {
    await makeParents(place)
    // Permissions do not tell what a file system allows, so a directory like the coming one is made and removed.
    const probe = draftOf(place)
    await mkdir(probe)
    await rmdir(probe)
  } catch (cause) {
    throw refusal(directory, cause)
  }
}

/** A new name beside the directory: what is written there can be renamed to it in one step. */
export function draftOf(directory: string): string {
  return join(dirname(directory), `.${basename(directory)}-${randomBytes(4).toString('hex')}`)
}

/** Whether something stands there; false also when the way to it is not made yet. */
async function exists(place: string, directory: string): Promise<boolean> {
  try {
    await stat(place)
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw refusal(directory, cause)
  }
}

/** An empty directory, or one with a manifest of ours. */
async function isReplaceable(place: string): Promise<boolean> {
  try {
    const bytes = await readRegularFile(join(place, 'manifest.json'), { mostBytes: MOST_MANIFEST_BYTES })
    return new TextDecoder().decode(bytes).includes('"solvent-run/1"')
  } catch (error) {
    if (!isSolventError(error, 'E_NO_FILE')) return false
  }
  const entries = await readdir(place).catch(() => null)
  return entries?.length === 0
}

/** Makes the directories that a directory stands in. @throws what the system says */
export async function makeParents(place: string): Promise<void> {
  const missing: string[] = []
  for (let parent = dirname(place); !(await isDirectory(parent)); parent = dirname(parent)) {
    if (missing.length === MOST_LEVELS) throw new Error(`more than ${MOST_LEVELS} directories are missing`)
    missing.push(parent)
  }
  for (const parent of missing.reverse()) {
    await mkdir(parent).catch(async (error: NodeJS.ErrnoException) => {
      // Another run may have made it meanwhile.
      if (error.code !== 'EEXIST' || !(await isDirectory(parent))) throw error
    })
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  throw Object.assign(new Error(`${path} is not a directory`), { code: 'ENOTDIR' })
}

function refusal(directory: string, cause: unknown): SolventError {
  return new SolventError({
    code: 'E_RESULTS_WRITE',
    message: 'No results can be written there.',
    details: { directory, system: (cause as NodeJS.ErrnoException).code },
    hint: 'Name another directory with --out.',
    cause,
  })
}
