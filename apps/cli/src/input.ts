// What a person names, read.
import {
  type LoadedScenario,
  type NetworkSource,
  readNetworkFile,
  readRegularFile,
  scenarioWith,
} from '@solvent/experiments'
import { note, warn } from './output/streams.ts'
import { userPath } from './user-path.ts'

const MOST_SCENARIO_BYTES = 1_048_576

/**
 * A scenario from its file, with what was set on the command line; warnings on stderr.
 *
 * @throws SolventError E_NO_FILE, E_NOT_A_FILE, E_FILE, E_USAGE for a setting, or E_SCENARIO for what stands in it
 */
export async function readScenario(file: string, settings: readonly string[] = []): Promise<LoadedScenario> {
  const bytes = await readRegularFile(userPath(file), {
    mostBytes: MOST_SCENARIO_BYTES,
    shownAs: file,
    hint: 'Scenarios of the project are in configs/scenarios/.',
  })
  const loaded = scenarioWith(file, bytes, settings)
  for (const { rule, message } of loaded.warnings) note(`${warn('warning')} ${message} [${rule}]`)
  return loaded
}

/**
 * A network from its file, and from the table of its nodes where it is an edge list.
 *
 * @throws SolventError E_NO_FILE, E_NOT_A_FILE, E_FILE, or E_NETWORK for what stands in it
 */
export function readNetwork(file: string, nodes: string | undefined): Promise<NetworkSource> {
  return readNetworkFile(userPath(file), {
    shownAs: file,
    nodes: nodes === undefined ? undefined : { path: userPath(nodes), shownAs: nodes },
  })
}
