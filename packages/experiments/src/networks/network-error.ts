// What is wrong with a network that a person gives, in one error with one line a problem.
import { nearestName, SolventError } from '@solvent/primitives'
import type { z } from 'zod'

/** Where networks go that no file can have. */
export const LARGER =
  'The functions of packages/contagion take 1,000,000 nodes and 10,000,000 claims (claimsFromColumns, then eisenbergNoe or debtRank).'

const MOST_SHOWN = 10

/** E_NETWORK: the file, and what is wrong where. */
export function networkError(file: string, problems: readonly string[], hint?: string): SolventError {
  const shown = problems.slice(0, MOST_SHOWN)
  const rest = problems.length - shown.length
  return new SolventError({
    code: 'E_NETWORK',
    message: `The network is refused.\n\n${shown.join('\n')}${rest > 0 ? `\nand ${rest} more` : ''}`,
    details: { file },
    hint,
  })
}

/** A value of the schema. @throws SolventError E_NETWORK with the path of every part that does not fit */
export function parsed<T>(
  file: string,
  schema: z.ZodType<T>,
  value: unknown,
  keys: readonly string[] = [],
): T {
  const outcome = schema.safeParse(value)
  if (outcome.success) return outcome.data
  throw networkError(
    file,
    outcome.error.issues.flatMap(narrowed).map((issue) => describe(issue, keys)),
  )
}

/** Of a union, what is wrong in the one branch whose keys the value has; the union's own issue otherwise. */
function narrowed(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const fitting = issue.errors.filter(
    (branch) => !branch.some(({ code, path }) => code === 'unrecognized_keys' || path.length === 0),
  )
  const [only] = fitting
  if (fitting.length !== 1 || only === undefined) return [issue]
  return only.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
}

function describe(issue: z.core.$ZodIssue, keys: readonly string[]): string {
  const at = issue.path.length === 0 ? 'the network' : pathOf(issue.path)
  if (issue.code !== 'unrecognized_keys') return `${at}: ${issue.message}`
  const near = nearestName(issue.keys[0] ?? '', keys)
  return `${at}: unknown key ${issue.keys.join(', ')}${near === undefined ? '' : ` (did you mean ${near}?)`}`
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`))
    .join('')
}
