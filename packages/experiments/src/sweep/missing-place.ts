// What is wrong with a path that leads nowhere in a base.
import { nearestName } from '@solvent/primitives'
import { type PathSteps, stepsOf, valueAt } from './parameter-path.ts'
import type { ProblemText } from './sweep-problems.ts'

/** Null where the path's parent is there, so that its last step may be set; a place in a list must be there itself. */
export function missingPlace(tree: unknown, path: string): ProblemText | null {
  const steps = stepsOf(path)
  const broken = steps.slice(0, -1).findIndex((_, index) => !isParent(tree, steps, index + 1))
  const last = steps.at(-1)!
  if (broken < 0 && typeof last !== 'number') return null
  if (broken < 0 && valueAt(tree, steps) !== undefined) return null
  const known = keysOf(valueAt(tree, steps.slice(0, Math.max(broken, broken < 0 ? steps.length - 1 : 0))))
  const near = nearestName(String(broken < 0 ? last : steps[broken]), known)
  return {
    problem: 'the base has no such place',
    got: path,
    allowed: known.length === 0 ? 'a place of the base' : known.slice(0, 12).join(', '),
    ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
  }
}

function isParent(tree: unknown, steps: PathSteps, length: number): boolean {
  const value = valueAt(tree, steps.slice(0, length))
  return Array.isArray(value)
    ? typeof steps[length] === 'number'
    : typeof value === 'object' && value !== null
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
