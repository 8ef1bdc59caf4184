// Errors in a scenario file: where (file, line, column, path), what was found, what is allowed, what to do.
import { SolventError } from '@solvent/primitives'

/** One thing wrong with a scenario file. */
export interface ScenarioProblem {
  readonly code: ScenarioProblemCode
  /** 1-based; a problem of the whole file stands at 1:1. */
  readonly line: number
  readonly column: number
  /** Dotted path, e.g. `solvers[2].strategy.marginBps`; empty for the whole file. */
  readonly path: string
  readonly problem: string
  readonly got: string
  readonly allowed: string
  readonly hint?: string
}

export const SCENARIO_PROBLEM_CODES = [
  'E_SIZE',
  'E_ENCODING',
  'E_DEPTH',
  'E_SYNTAX',
  'E_EMPTY',
  'E_MULTI',
  'E_ALIAS',
  'E_TAG',
  'E_KEY',
  'E_NUMBER',
  'E_UNSAFE_INT',
  'E_UNKNOWN_KEY',
  'E_MISSING',
  'E_VALUE',
  'E_REFERENCE',
  'E_CYCLE',
  'E_RANGE',
  'E_BUDGET',
] as const
export type ScenarioProblemCode = (typeof SCENARIO_PROBLEM_CODES)[number]

const MOST_PROBLEMS = 20
const MOST_CHARACTERS = 80

/** Builds the error that the command line prints with exit code 2; at most 20 problems, values cut to 80 characters. */
export function scenarioError(file: string, problems: readonly ScenarioProblem[]): SolventError {
  const shown = problems.slice(0, MOST_PROBLEMS).map((problem) => formatProblem(file, problem))
  if (problems.length > MOST_PROBLEMS) shown.push(`… and ${problems.length - MOST_PROBLEMS} more`)
  return new SolventError({
    code: 'E_SCENARIO',
    message: shown.join('\n'),
    details: { problems: problems.length },
  })
}

/** `file:line:col path: what is wrong (got X; allowed: Y). hint [CODE]` */
export function formatProblem(file: string, problem: ScenarioProblem): string {
  const place = `${file}:${problem.line}:${problem.column}`
  const path = problem.path === '' ? '(whole file)' : cut(problem.path)
  const found = `got ${cut(problem.got)}; allowed: ${problem.allowed}`
  const hint = problem.hint === undefined ? '' : ` ${problem.hint}`
  return `${place} ${path}: ${problem.problem} (${found}).${hint} [${problem.code}]`
}

/** A value as a person may safely see it: control characters escaped, cut to 80 characters. */
export function cut(text: string): string {
  const plain = text.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return plain.length > MOST_CHARACTERS ? `${plain.slice(0, MOST_CHARACTERS - 1)}…` : plain
}
