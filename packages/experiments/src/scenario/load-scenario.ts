// From a scenario file's bytes to a frozen, checked scenario with its canonical hash. Pure: reading the file
// is the caller's business.
import { deepFreeze, type Hash32, hashCanonical } from '@solvent/primitives'
import { Findings } from './findings.ts'
import { expandPresets } from './presets/expand-presets.ts'
import { checkScenario } from './scenario-check.ts'
import { scenarioError } from './scenario-error.ts'
import { type Scenario, scenarioJsonSchema, scenarioSchema } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'
import { schemaProblems } from './schema-problems.ts'
import type { Locate } from './yaml-place.ts'
import { parseYamlTree } from './yaml-tree.ts'

export interface LoadedScenario {
  readonly scenario: Scenario
  /** SHA-256 of the canonical bytes of the scenario after defaults: layout and comments do not matter. */
  readonly hash: Hash32
  readonly warnings: readonly ScenarioWarning[]
}

/**
 * Reads a scenario from YAML.
 *
 * @param file name for messages
 * @param bytes at most 1 MiB of UTF-8
 * @throws SolventError E_SCENARIO: one line a problem, `file:line:col path: what (got; allowed). hint [CODE]`
 * @example loadScenario('kelp-2026.yaml', readFileSync('configs/scenarios/kelp-2026.yaml')).scenario.name // 'kelp-2026'
 */
export function loadScenario(file: string, bytes: Uint8Array): LoadedScenario {
  const { tree, locate } = parseYamlTree(file, bytes)
  return readScenarioTree(file, tree, locate)
}

/** As `loadScenario`, of a tree that was read before. @throws SolventError E_SCENARIO with places from `locate` */
export function readScenarioTree(file: string, written: unknown, locate: Locate): LoadedScenario {
  const findings = new Findings(locate)
  const tree = expandPresets(written, findings)
  if (findings.problems.length > 0) throw scenarioError(file, findings.problems)
  const parsed = scenarioSchema.safeParse(tree, { reportInput: true })
  if (!parsed.success)
    throw scenarioError(file, schemaProblems(parsed.error.issues, tree, locate, scenarioJsonSchema()))
  const { problems, warnings } = checkScenario(parsed.data, locate)
  if (problems.length > 0) throw scenarioError(file, problems)
  return { scenario: deepFreeze(parsed.data), hash: hashCanonical(parsed.data), warnings }
}
