// One fault from the words of a command line: the same fields, checks and draws as in a scenario file.
import { nearestName, SolventError } from '@solvent/primitives'
import { z } from 'zod'
import { Findings } from '../scenario/findings.ts'
import type { ScenarioProblem } from '../scenario/scenario-error.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { scenarioJsonSchema } from '../scenario/scenario-schema.ts'
import { schemaProblems } from '../scenario/schema-problems.ts'
import { parseYamlTree } from '../scenario/yaml-tree.ts'
import { checkFault } from './check-fault.ts'
import { type DrawnFault, drawFaults } from './draw-faults.ts'
import { drawableField } from './drawable.ts'
import { faultFields, faultKinds, faultSchema, type ScenarioFault } from './fault-schema.ts'

export interface FaultWords {
  readonly kind: string
  /** `key=value`; values as in YAML, lists also with commas, amounts also without quotes. */
  readonly settings: readonly string[]
  /** When it happens, in the network's seconds. */
  readonly atSeconds: number
  /** Names its draws; another label draws otherwise. */
  readonly label: string
}

const FILE = 'fault'
const PREFIX = 'faults[0].'
/** A live network runs on when the scenario's time is over. */
const NO_END = 31_536_000
/** A fault of an operator happens, once, now. */
const NOT_HERE: readonly string[] = ['atSeconds', 'label', 'enable', 'repeat']

/** @throws SolventError E_USAGE with one line for each thing that is wrong */
export function readFault(scenario: Scenario, seed: string, words: FaultWords): DrawnFault {
  const kind = kindNamed(words.kind)
  const lines = words.settings.map((setting) => yamlLine(kind, setting))
  const text = ['faults:', `  - kind: ${kind}`, `    atSeconds: ${words.atSeconds}`, ...lines].join('\n')
  const { tree, locate } = parseYamlTree(FILE, new TextEncoder().encode(text))
  const parsed = z.object({ faults: z.tuple([faultSchema]) }).safeParse(tree, { reportInput: true })
  if (!parsed.success)
    throw usage(kind, schemaProblems(parsed.error.issues, tree, locate, scenarioJsonSchema()))
  const [written] = parsed.data.faults
  const findings = new Findings(locate)
  const endless = { ...scenario, durationSeconds: NO_END }
  checkFault(written, { scenario: endless, path: ['faults', 0], findings }, [])
  if (findings.problems.length > 0) throw usage(kind, findings.problems)
  const faults = [{ ...written, label: words.label }]
  return drawFaults({ faults, swarm: undefined, durationSeconds: NO_END }, seed)[0]!
}

function kindNamed(name: string): ScenarioFault['kind'] {
  const kind = faultKinds.find((each) => each === name)
  if (kind !== undefined) return kind
  const nearest = nearestName(name, faultKinds)
  throw new SolventError({
    code: 'E_USAGE',
    message: 'There is no such kind of fault.',
    details: { got: name, allowed: faultKinds.join(', ') },
    ...(nearest === undefined ? {} : { hint: `Did you mean ${nearest}?` }),
  })
}

function yamlLine(kind: ScenarioFault['kind'], setting: string): string {
  const at = setting.indexOf('=')
  const key = setting.slice(0, at)
  const value = setting.slice(at + 1).trim()
  const fields = faultFields(kind)
  if (at < 1 || value === '' || /[\r\n]/.test(setting)) throw badSetting(setting, fields)
  if (!(key in fields) || key === 'kind' || NOT_HERE.includes(key)) throw badSetting(key, fields)
  const field = fields[key]!
  if (isList(field) && !value.startsWith('[')) return `    ${key}: [${value}]`
  const isAmount = drawableField(field)?.kind === 'decimal' && /^[\d.]+$/.test(value)
  return isAmount ? `    ${key}: "${value}"` : `    ${key}: ${value}`
}

function isList(field: z.ZodType): boolean {
  const isWrapped = field instanceof z.ZodDefault || field instanceof z.ZodOptional
  const inner = isWrapped ? (field.def.innerType as z.ZodType) : field
  return inner instanceof z.ZodArray
}

function badSetting(got: string, fields: Readonly<Record<string, z.ZodType>>): SolventError {
  const keys = Object.keys(fields).filter((key) => key !== 'kind' && !NOT_HERE.includes(key))
  const nearest = nearestName(got, keys)
  return new SolventError({
    code: 'E_USAGE',
    message: 'A fault is described by settings of the form key=value.',
    details: { got, allowed: keys.join(', ') },
    ...(nearest === undefined ? {} : { hint: `Did you mean ${nearest}?` }),
  })
}

function usage(kind: string, problems: readonly ScenarioProblem[]): SolventError {
  const lines = problems.map(({ path, problem, got, allowed, hint }) => {
    const field = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : kind
    return `${field}: ${problem} (got ${got}; allowed: ${allowed}).${hint === undefined ? '' : ` ${hint}`}`
  })
  return new SolventError({ code: 'E_USAGE', message: lines.join('\n'), details: { kind } })
}
