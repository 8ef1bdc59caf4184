// Paths that a person gives are relative to where they stand, also when npm moves to the project's root.
import { isAbsolute, resolve } from 'node:path'
import { type LoadedScenario, loadScenario, readRegularFile } from '@solvent/experiments'
import { note, warn } from './output/streams.ts'

/** Where the person stands: `npm run` keeps it in INIT_CWD. */
export function userPath(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env.INIT_CWD ?? process.cwd(), path)
}

const MOST_SCENARIO_BYTES = 1_048_576

/**
 * A scenario from its file, warnings on stderr.
 *
 * @throws SolventError E_NO_FILE, E_NOT_A_FILE, E_FILE, or E_SCENARIO for what stands in it
 */
export async function readScenario(file: string): Promise<LoadedScenario> {
  const bytes = await readRegularFile(userPath(file), {
    mostBytes: MOST_SCENARIO_BYTES,
    shownAs: file,
    hint: 'Scenarios of the project are in configs/scenarios/.',
  })
  const loaded = loadScenario(file, bytes)
  for (const { rule, message } of loaded.warnings) note(`${warn('warning')} ${message} [${rule}]`)
  return loaded
}
