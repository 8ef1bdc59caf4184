// From a sweep file and its base to a plan: every point is checked before anything runs, and what is wrong with one is said
// at the line of the sweep file that brought it about.
import { deepFreeze } from '@solvent/primitives'
import { type ScenarioProblem, scenarioError } from '../scenario/scenario-error.ts'
import { schemaProblems } from '../scenario/schema-problems.ts'
import type { Locate } from '../scenario/yaml-place.ts'
import { parseYamlTree } from '../scenario/yaml-tree.ts'
import { type DesignParameter, designPoints } from './design/design-points.ts'
import type { JobKind } from './jobs/job-kind.ts'
import { loadJobKind } from './jobs/load-job-kind.ts'
import { missingPlace } from './missing-place.ts'
import { stepsOf, valueAt } from './parameter-path.ts'
import { plannedDesign, type SweepPlan, treeOf } from './sweep-plan.ts'
import { shapeProblems, sweepProblem } from './sweep-problems.ts'
import { type Sweep, sweepJsonSchema, sweepSchema } from './sweep-schema.ts'

/** A file as it was read. */
export interface NamedBytes {
  readonly file: string
  readonly bytes: Uint8Array
}

/** A sweep file without its base. @throws SolventError E_SCENARIO */
export interface ReadSweep {
  readonly file: string
  readonly sweep: Sweep
  readonly locate: Locate
}

export function readSweep({ file, bytes }: NamedBytes): ReadSweep {
  const { tree, locate } = parseYamlTree(file, bytes)
  const parsed = sweepSchema.safeParse(tree, { reportInput: true })
  if (!parsed.success)
    throw scenarioError(file, schemaProblems(parsed.error.issues, tree, locate, sweepJsonSchema()))
  const problems = shapeProblems(parsed.data, locate)
  if (problems.length > 0) throw scenarioError(file, problems)
  return { file, sweep: parsed.data, locate }
}

/** @throws SolventError E_SCENARIO for the base, for a path that leads nowhere, and for a point that is not sound */
export async function planSweep(read: ReadSweep, base: NamedBytes): Promise<SweepPlan> {
  const { file, sweep, locate } = read
  const kind = await loadJobKind(sweep.kind)
  const written = parseYamlTree(base.file, base.bytes)
  const { tree, hash } = kind.prepare(base.file, written.tree, written.locate)
  const problems = pathProblems(sweep, tree, locate)
  if (problems.length > 0) throw scenarioError(file, problems)
  const parameters = sweep.parameters.map((parameter) => ({
    ...parameter,
    isText: typeof valueAt(tree, stepsOf(parameter.path)) === 'string',
  })) satisfies DesignParameter[]
  const draft = {
    base: { file: sweep.base, hash, tree },
    parameters: sweep.parameters.map(({ path }) => path),
    points: designPoints(sweep.design, parameters, sweep.seed),
    policies: sweep.policies,
  }
  return deepFreeze({
    format: 'solvent-sweep-plan/1',
    name: sweep.name,
    title: sweep.title,
    kind: sweep.kind,
    seed: sweep.seed,
    design: plannedDesign(sweep.design),
    ...draft,
    hashes: hashesOf(read, kind, draft),
    replicates: sweep.replicates,
    stopping: sweep.stopping ?? null,
    limits: sweep.limits,
    metrics: sweep.metrics,
    keep: sweep.keep,
  })
}

function hashesOf(
  { file, sweep, locate }: ReadSweep,
  kind: JobKind<unknown>,
  draft: Pick<SweepPlan, 'base' | 'parameters' | 'points' | 'policies'>,
): SweepPlan['hashes'] {
  return draft.points.flatMap((_, point) => {
    const hashes = sweep.policies.map(
      (_policy, policy) =>
        kind.prepare(file, treeOf(draft, point, policy), origin(sweep, point, policy, locate)).hash,
    )
    const twin = hashes.findIndex((hash, index) => hashes.indexOf(hash) < index)
    if (twin >= 0) {
      const first = sweep.policies[hashes.indexOf(hashes[twin]!)]!.name
      throw scenarioError(file, [
        sweepProblem(locate, ['policies', twin], {
          problem: `the policy is the same as ${first} at point ${point}`,
          got: sweep.policies[twin]!.name,
          allowed: 'policies that differ at every point',
        }),
      ])
    }
    return hashes
  })
}

/** Where in the sweep file a place of a point's tree was decided. */
function origin(sweep: Sweep, point: number, policy: number, locate: Locate): Locate {
  return (place) => {
    const touches = (path: string) => {
      const steps = stepsOf(path)
      return place.slice(0, steps.length).join('\0') === steps.slice(0, place.length).join('\0')
    }
    const set = Object.keys(sweep.policies[policy]!.set).find(touches)
    if (set !== undefined) return locate(['policies', policy, 'set', set])
    const parameter = sweep.parameters.findIndex(({ path }) => touches(path))
    if (parameter < 0) return locate(['base'])
    return sweep.design.kind === 'list'
      ? locate(['design', 'points', point, parameter])
      : locate(['parameters', parameter])
  }
}

/** Paths of parameters and policies whose parent the base does not have. */
function pathProblems(sweep: Sweep, tree: unknown, locate: Locate): ScenarioProblem[] {
  const named = [
    ...sweep.parameters.map(({ path }, index) => ({ path, at: ['parameters', index, 'path'] })),
    ...sweep.policies.flatMap(({ set }, index) =>
      Object.keys(set).map((path) => ({ path, at: ['policies', index, 'set', path] })),
    ),
  ]
  return named.flatMap(({ path, at }) => {
    const missing = missingPlace(tree, path)
    return missing === null ? [] : [sweepProblem(locate, at, missing)]
  })
}
