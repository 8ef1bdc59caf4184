// What a check of a scenario has found so far: problems with their places.
import { nearestName } from '@solvent/primitives'
import type { ScenarioProblem, ScenarioProblemCode } from './scenario-error.ts'
import { type Locate, pathText } from './yaml-place.ts'

export type Path = readonly (string | number)[]

export class Findings {
  readonly problems: ScenarioProblem[] = []
  readonly #locate: Locate

  constructor(locate: Locate) {
    this.#locate = locate
  }

  add(
    code: ScenarioProblemCode,
    path: Path,
    problem: string,
    details: { got: string; allowed: string; hint?: string },
  ): void {
    this.problems.push({ code, ...this.#locate(path), path: pathText(path), problem, ...details })
  }

  /** True when the name is one of those allowed; else a problem with the nearest valid name. */
  reference(path: Path, what: string, name: string, allowed: readonly string[]): boolean {
    if (allowed.includes(name)) return true
    const near = nearestName(name, allowed)
    this.add('E_REFERENCE', path, `no such ${what}`, {
      got: name,
      allowed: allowed.length > 0 ? allowed.slice(0, 12).join(', ') : 'none is defined',
      ...(near === undefined || near === null ? {} : { hint: `Did you mean ${near}?` }),
    })
    return false
  }
}
