// What is wrong with a sweep file whatever its base is, said at the place where it stands.

import type { ScenarioProblem } from '../scenario/scenario-error.ts'
import type { Locate } from '../scenario/yaml-place.ts'
import { designSize } from './design/design-points.ts'
import { MOST_SALTELLI_PARAMETERS } from './design/saltelli.ts'
import { metricFilter } from './metric-filter.ts'
import type { PathSteps } from './parameter-path.ts'
import { MOST_POINTS, MOST_RUNS, type Sweep } from './sweep-schema.ts'

export interface ProblemText {
  readonly problem: string
  readonly got: string
  readonly allowed: string
  readonly hint?: string
}

type AddProblem = (path: PathSteps, what: ProblemText) => void

/** What is wrong whatever the base is. */
export function shapeProblems(sweep: Sweep, locate: Locate): ScenarioProblem[] {
  const { design, parameters, policies, replicates, stopping } = sweep
  const found: ScenarioProblem[] = []
  const add = (path: PathSteps, what: ProblemText) => found.push(sweepProblem(locate, path, what))
  for (const [index, { path, values, range }] of parameters.entries()) {
    const at = ['parameters', index]
    const given = Number(values !== undefined) + Number(range !== undefined)
    if (design.kind === 'list' ? given > 0 : given !== 1)
      add(at, {
        problem:
          design.kind === 'list'
            ? 'the points say what it takes'
            : 'it is not clear what the parameter takes',
        got: given === 0 ? 'nothing' : 'values or range',
        allowed: design.kind === 'list' ? 'neither values nor range' : 'either values or range',
      })
    if (parameters.findIndex((other) => other.path === path) < index)
      add([...at, 'path'], { problem: 'the parameter is given twice', got: path, allowed: 'each path once' })
    if (range !== undefined && range.from >= range.to)
      add([...at, 'range'], {
        problem: 'the range is empty',
        got: `${range.from} to ${range.to}`,
        allowed: 'from below to',
      })
    if (range?.scale === 'log' && range.from <= 0)
      add([...at, 'range', 'from'], {
        problem: 'a logarithmic range begins above zero',
        got: String(range.from),
        allowed: 'a positive number',
      })
  }
  designProblems(sweep, add)
  const names = policies.map(({ name }) => name)
  for (const [index, each] of names.entries())
    if (names.indexOf(each) < index)
      add(['policies', index, 'name'], {
        problem: 'the name is given twice',
        got: each,
        allowed: 'each name once',
      })
  if (stopping?.of === 'difference' && policies.length < 2)
    add(['stopping', 'of'], {
      problem: 'there is nothing to compare',
      got: 'one policy',
      allowed: 'two policies or more, or of: mean',
    })
  if (stopping !== undefined && metricFilter(sweep.metrics)?.(stopping.metric) === false)
    add(['stopping', 'metric'], {
      problem: 'the figure of the rule is not among those that are recorded',
      got: stopping.metric,
      allowed: `one that metrics names (${sweep.metrics.slice(0, 6).join(', ')})`,
      hint: 'Name it in metrics too.',
    })
  if (stopping !== undefined && stopping.atLeast > replicates)
    add(['stopping', 'atLeast'], {
      problem: 'the rule would never be looked at',
      got: String(stopping.atLeast),
      allowed: `at most ${replicates}, the replicates`,
    })
  const points = designSize(design, parameters)
  const runs = points * policies.length * replicates
  if (points > MOST_POINTS || runs > MOST_RUNS)
    add(['replicates'], {
      problem: 'the sweep is too large',
      got: `${points} points, ${runs} runs`,
      allowed: `at most ${MOST_POINTS} points and ${MOST_RUNS} runs`,
    })
  return found
}

function designProblems({ design, parameters }: Sweep, add: AddProblem): void {
  if (design.kind === 'list')
    for (const [index, point] of design.points.entries())
      if (point.length !== parameters.length)
        add(['design', 'points', index], {
          problem: 'a point has a value for each parameter',
          got: `${point.length} values`,
          allowed: `${parameters.length} values`,
        })
  const isSensitivity = design.kind === 'saltelli' || design.kind === 'morris'
  if (isSensitivity && parameters.length === 0)
    add(['design'], {
      problem: 'the design asks which parameters matter, and there is none',
      got: 'no parameters',
      allowed: 'one or more',
    })
  if (design.kind === 'saltelli' && parameters.length > MOST_SALTELLI_PARAMETERS)
    add(['design'], {
      problem: 'the design is for fewer parameters',
      got: String(parameters.length),
      allowed: `at most ${MOST_SALTELLI_PARAMETERS}`,
      hint: 'Find the ones that matter with kind morris first.',
    })
  if (design.kind === 'morris' && design.levels % 2 === 1)
    add(['design', 'levels'], {
      problem: 'the levels are not even, so that not all would be met equally often',
      got: String(design.levels),
      allowed: 'an even number, e.g. 4',
    })
}

export function sweepProblem(locate: Locate, path: PathSteps, what: ProblemText): ScenarioProblem {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
  return { code: 'E_VALUE', ...locate(path), path: text.replace(/^\./, ''), ...what }
}
