// Paths that a person gives are relative to where they stand, also when npm moves to the project's root.
import { readFile } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { type LoadedScenario, loadScenario } from '@solvent/experiments'
import { SolventError } from '@solvent/primitives'
import { note, warn } from './output/streams.ts'

/** Where the person stands: `npm run` keeps it in INIT_CWD. */
export function userPath(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env.INIT_CWD ?? process.cwd(), path)
}

/** A scenario from its file, warnings on stderr. */
export async function readScenario(file: string): Promise<LoadedScenario> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(userPath(file))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    throw new SolventError({
      code: code === 'ENOENT' || code === 'EISDIR' ? 'E_USAGE' : 'E_FILE',
      message: code === 'ENOENT' ? 'There is no such file.' : 'The file cannot be read.',
      details: { file, ...(code === undefined ? {} : { system: code }) },
      hint: 'Scenarios of the project are in configs/scenarios/.',
      cause,
    })
  }
  const loaded = loadScenario(file, bytes)
  for (const { rule, message } of loaded.warnings) note(`${warn('warning')} ${message} [${rule}]`)
  return loaded
}
