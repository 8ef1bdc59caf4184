// The results of a run on disk: `runs/<name>-<seed>/`. Everything is written into a directory beside it and moved
// into place with one rename, so that a reader sees a whole result or none.
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { SolventError } from '@solvent/primitives'
import { checkResultsDirectory, draftOf } from './results-place.ts'

export interface RunManifest {
  readonly format: 'solvent-run/1'
  readonly scenario: string
  readonly scenarioHash: string
  readonly seed: number
  readonly runtime: 'sim' | 'libp2p' | 'sim+libp2p'
  readonly engine: string
  readonly node: string
  readonly platform: string
  /** Trace digest of the simulated run. */
  readonly traceDigest: string | null
  /** The file names of the directory. */
  readonly files: readonly string[]
}

/**
 * Writes a results directory in one step.
 *
 * @param directory where it shall stand; an earlier result of ours there is replaced, anything else is refused
 * @param files name → content
 * @throws SolventError E_RESULTS_FOREIGN when the directory exists, is not empty, and is not a result of ours;
 *   E_RESULTS_WRITE when the file system refuses
 */
export async function writeRunDirectory(
  directory: string,
  manifest: Omit<RunManifest, 'format' | 'files'>,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> {
  await checkResultsDirectory(directory)
  const place = resolve(directory)
  const draft = draftOf(place)
  try {
    await mkdir(draft, { mode: 0o755 })
    for (const folder of foldersOf(files.keys())) await mkdir(join(draft, folder), { mode: 0o755 })
    for (const [name, content] of files) await writeDurably(join(draft, name), content)
    const full: RunManifest = { ...manifest, format: 'solvent-run/1', files: [...files.keys()] }
    await writeDurably(join(draft, 'manifest.json'), `${JSON.stringify(full, null, 2)}\n`)
    await replace(place, draft)
  } catch (cause) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined)
    throw new SolventError({
      code: 'E_RESULTS_WRITE',
      message: 'The results could not be written.',
      details: { directory },
      cause,
    })
  }
}

/** Folders of file names one level deep. */
function foldersOf(names: Iterable<string>): Set<string> {
  return new Set([...names].filter((name) => name.includes('/')).map((name) => dirname(name)))
}

async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  const handle: FileHandle = await open(file, 'wx', 0o644)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function replace(directory: string, draft: string): Promise<void> {
  const old = `${draft}-old`
  const hadOld = await rename(directory, old).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
  await rename(draft, directory)
  const parent = await open(dirname(directory))
  await parent.sync().finally(() => parent.close())
  if (hadOld) await rm(old, { recursive: true, force: true })
}
