// Turns what zod says into problems with places, allowed values and the nearest valid name.
import { nearestName } from '@solvent/primitives'
import type { z } from 'zod'
import type { ScenarioProblem } from './scenario-error.ts'
import { scenarioJsonSchema } from './scenario-schema.ts'
import { type Locate, pathText } from './yaml-place.ts'

type Path = readonly (string | number)[]
type Issue = z.core.$ZodIssue

/** One problem per issue; an unrecognised key gives one per key, placed at the key itself. */
export function schemaProblems(issues: readonly Issue[], tree: unknown, locate: Locate): ScenarioProblem[] {
  return issues.flatMap((issue) => {
    const path = issue.path as Path
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey(path, key, tree, locate))
    return [problemOf(issue, path, tree, locate)]
  })
}

function unknownKey(path: Path, key: string, tree: unknown, locate: Locate): ScenarioProblem {
  const names = keysAt(path, tree)
  const near = nearestName(key, names)
  return {
    code: 'E_UNKNOWN_KEY',
    ...locate([...path, key]),
    path: pathText([...path, key]),
    problem: 'unknown key',
    ...(names.length > 0 ? { allowed: names.join(', ') } : {}),
    ...(near === undefined || near === null ? {} : { hint: `Did you mean ${near}?` }),
  }
}

function problemOf(issue: Issue, path: Path, tree: unknown, locate: Locate): ScenarioProblem {
  const value = valueAt(tree, path)
  const at = locate(path)
  if (value === undefined && issue.code === 'invalid_type') {
    return {
      code: 'E_MISSING',
      ...at,
      path: pathText(path),
      problem: 'this key is missing',
      allowed: issue.expected,
    }
  }
  const got = value === undefined ? {} : { got: describe(value) }
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String)
    const near = typeof value === 'string' ? nearestName(value, allowed) : undefined
    return {
      code: 'E_VALUE',
      ...at,
      path: pathText(path),
      problem: 'not one of the allowed values',
      ...got,
      allowed: allowed.join(', '),
      ...(near === undefined || near === null ? {} : { hint: `Did you mean ${near}?` }),
    }
  }
  if (issue.code === 'invalid_union') {
    const allowed = discriminators(path, tree)
    const near = typeof value === 'string' ? nearestName(value, allowed) : undefined
    return {
      code: 'E_VALUE',
      ...at,
      path: pathText(path),
      problem: 'not one of the allowed kinds',
      ...got,
      ...(allowed.length > 0 ? { allowed: allowed.join(', ') } : {}),
      ...(near === undefined || near === null ? {} : { hint: `Did you mean ${near}?` }),
    }
  }
  if (issue.code === 'too_big')
    return {
      code: 'E_RANGE',
      ...at,
      path: pathText(path),
      problem: 'too large',
      ...got,
      allowed: `at most ${issue.maximum}`,
    }
  if (issue.code === 'too_small')
    return {
      code: 'E_RANGE',
      ...at,
      path: pathText(path),
      problem: 'too small',
      ...got,
      allowed: `at least ${issue.minimum}`,
    }
  if (issue.code === 'invalid_key')
    return {
      code: 'E_KEY',
      ...at,
      path: pathText(path),
      problem: 'not a valid name',
      got: String(path.at(-1)),
      allowed: issue.issues[0]?.message ?? 'a name',
    }
  if (issue.code === 'invalid_type')
    return {
      code: 'E_VALUE',
      ...at,
      path: pathText(path),
      problem: 'wrong type',
      ...got,
      allowed: expected(issue),
    }
  return {
    code: 'E_VALUE',
    ...at,
    path: pathText(path),
    problem: 'not allowed here',
    ...got,
    allowed: issue.message,
  }
}

function expected(issue: Issue & { expected: string }): string {
  return issue.message.startsWith('Invalid input') ? issue.expected : issue.message
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? Array.isArray(value)
      ? 'a list'
      : 'a map'
    : JSON.stringify(value)
}

function valueAt(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    tree,
  )
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly const?: unknown
}

/** Keys that the schema allows at a path, following the kind that the file chose in a union. */
function keysAt(path: Path, tree: unknown): string[] {
  const schema = schemaAt(path, tree)
  return schema === undefined ? [] : Object.keys(pick(schema, valueAt(tree, path))?.properties ?? {})
}

function discriminators(path: Path, tree: unknown): string[] {
  const parent = schemaAt(path.slice(0, -1), tree)
  const key = path.at(-1)
  const branches = parent?.anyOf ?? parent?.oneOf ?? []
  return branches
    .map((branch) => branch.properties?.[String(key)]?.const)
    .filter((value) => typeof value === 'string')
}

function schemaAt(path: Path, tree: unknown): JsonSchema | undefined {
  let schema: JsonSchema | undefined = scenarioJsonSchema()
  let value = tree
  for (const step of path) {
    const chosen: JsonSchema | undefined = schema === undefined ? undefined : pick(schema, value)
    if (typeof step === 'number') schema = chosen?.items
    else
      schema =
        chosen?.properties?.[step] ??
        (typeof chosen?.additionalProperties === 'object' ? chosen.additionalProperties : undefined)
    value = valueAt(value, [step])
  }
  return schema
}

function pick(schema: JsonSchema, value: unknown): JsonSchema | undefined {
  const branches = schema.anyOf ?? schema.oneOf
  if (branches === undefined) return schema
  const kind = valueAt(value, ['kind'])
  return branches.find((branch) => branch.properties?.kind?.const === kind)
}
