// Values put into a scenario from the command line, by the paths that sweeps use: `users.alice.auction=second-price`.
import { SolventError } from '@solvent/primitives'
import { type LoadedScenario, readScenarioTree } from '../scenario/load-scenario.ts'
import { parseYamlTree } from '../scenario/yaml-tree.ts'
import { missingPlace } from '../sweep/missing-place.ts'
import { stepsOf, valueAt, withValue } from '../sweep/parameter-path.ts'

/**
 * The scenario of a file with other values at some places; none: the file's.
 *
 * What the file writes as text, amounts among it, stays text; elsewhere a value is read as JSON, and as text where it is none.
 *
 * @throws SolventError E_USAGE for a setting without `=` or whose path leads nowhere, E_SCENARIO for what is not sound
 * @example scenarioWith('quick.yaml', bytes, ['users.alice.auction=second-price'])
 */
export function scenarioWith(file: string, bytes: Uint8Array, settings: readonly string[]): LoadedScenario {
  const { tree, locate } = parseYamlTree(file, bytes)
  const loaded = readScenarioTree(file, tree, locate)
  if (settings.length === 0) return loaded
  const changed = settings.reduce<unknown>(
    (scenario, setting) => withSetting(scenario, setting),
    loaded.scenario,
  )
  return readScenarioTree(`${file} with ${settings.join(' ')}`, changed, locate)
}

function withSetting(scenario: unknown, setting: string): unknown {
  const [path = '', ...value] = setting.split('=')
  const isPath = /^[A-Za-z][\w-]*(\[\d+\])*(\.[A-Za-z][\w-]*(\[\d+\])*)*$/.test(path)
  if (!isPath || value.length === 0)
    throw new SolventError({
      code: 'E_USAGE',
      message: 'This is no setting.',
      details: { got: setting, allowed: 'PATH=VALUE, e.g. users.alice.auction=second-price' },
    })
  const missing = missingPlace(scenario, path)
  if (missing !== null)
    throw new SolventError({
      code: 'E_USAGE',
      message: 'The scenario has no such place.',
      details: { got: path, allowed: missing.allowed },
      ...(missing.hint === undefined ? {} : { hint: missing.hint }),
    })
  const text = value.join('=')
  const isText = typeof valueAt(scenario, stepsOf(path)) === 'string'
  return withValue(scenario, stepsOf(path), isText ? text : jsonOrText(text))
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
