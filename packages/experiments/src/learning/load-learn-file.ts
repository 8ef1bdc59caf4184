// From the bytes of a file for `solvent learn` to a checked study.
import { deepFreeze, type Hash32, hashCanonical } from '@solvent/primitives'
import { checkBounds } from '../scenario/check-expectations.ts'
import { Findings } from '../scenario/findings.ts'
import { type ScenarioProblem, scenarioError } from '../scenario/scenario-error.ts'
import { schemaProblems } from '../scenario/schema-problems.ts'
import { type Locate, pathText } from '../scenario/yaml-place.ts'
import { parseYamlTree } from '../scenario/yaml-tree.ts'
import { tendersProblems } from './check-tenders.ts'
import { type LearnFile, learnJsonSchema, learnSchema, type StudyFile } from './learn-schema.ts'
import type { Study } from './study.ts'
import { tendersStudy } from './tenders-study.ts'

export interface LoadedLearnFile {
  readonly file: LearnFile
  readonly study: Study
  /** SHA-256 of the canonical bytes after defaults. */
  readonly hash: Hash32
}

/** Values in the tables of a session: 20 million are 160 MB. */
const MOST_VALUES = 20_000_000

/**
 * @param file name for messages
 * @throws SolventError E_SCENARIO: one line a problem, with its place, what was got, what is allowed
 */
export function loadLearnFile(file: string, bytes: Uint8Array): LoadedLearnFile {
  const { tree, locate } = parseYamlTree(file, bytes)
  return readLearnTree(file, tree, locate)
}

/** As `loadLearnFile`, of a tree that was read before. */
export function readLearnTree(file: string, tree: unknown, locate: Locate): LoadedLearnFile {
  const parsed = learnSchema.safeParse(tree, { reportInput: true })
  if (!parsed.success)
    throw scenarioError(file, schemaProblems(parsed.error.issues, tree, locate, learnJsonSchema()))
  const problems = [...problemsOf(parsed.data, locate), ...expectationProblems(parsed.data, locate)]
  if (problems.length > 0) throw scenarioError(file, problems)
  return {
    file: deepFreeze(parsed.data),
    study: studyOf(parsed.data.study),
    hash: hashCanonical(parsed.data),
  }
}

function expectationProblems({ expectations = [] }: LearnFile, locate: Locate): ScenarioProblem[] {
  const findings = new Findings(locate)
  expectations.forEach((expectation, index) => {
    checkBounds(expectation, ['expectations', index], findings)
  })
  return findings.problems
}

function problemsOf({ study, sessions }: LearnFile, locate: Locate): ScenarioProblem[] {
  if (study.kind === 'tenders') return tendersProblems(study, sessions, locate)
  return learnerProblems(study, locate)
}

function learnerProblems(study: LearnersFile, locate: Locate): ScenarioProblem[] {
  const at = (path: readonly string[], problem: string, got: unknown, allowed: string): ScenarioProblem => ({
    code: 'E_VALUE',
    ...locate(['study', ...path]),
    path: pathText(['study', ...path]),
    problem,
    got: String(got),
    allowed,
  })
  const problems: ScenarioProblem[] = []
  if (study.kind === 'auction') {
    if (study.window > study.periods)
      problems.push(
        at(['window'], 'longer than the session', study.window, `at most ${study.periods} periods`),
      )
    return problems
  }
  const decays = study.exploration.kind === 'epsilon-greedy' ? study.exploration.decays : undefined
  const lists = [
    [['costs'], study.costs],
    [['learningRates'], study.learningRates],
    [['exploration', 'decays'], decays],
  ] as const
  for (const [path, list] of lists)
    if (list !== undefined && list.length !== study.firms)
      problems.push(
        at(path, 'not one entry for each firm', `${list.length} entries`, `${study.firms} entries`),
      )
  if (study.start.kind === 'random' && study.start.low >= study.start.high)
    problems.push(
      at(['start', 'low'], 'not below the highest value', study.start.low, `below ${study.start.high}`),
    )
  const values = valuesIn(study)
  if (values > MOST_VALUES)
    problems.push(
      at(
        ['grid', 'points'],
        'more values to learn than a session may hold',
        `${values} (points^(firms · memory) states, firms · points values in each)`,
        `at most ${MOST_VALUES}: fewer points, firms or periods of memory`,
      ),
    )
  return problems
}

function valuesIn({ grid, firms, memory }: Extract<StudyFile, { kind: 'pricing' }>): number {
  let values = firms * grid.points
  // Profiles are tabled even without memory.
  for (let digit = 0; digit < firms * Math.max(memory, 1); digit++) values *= grid.points
  return values
}

type LearnersFile = Exclude<StudyFile, { kind: 'tenders' }>

function studyOf(study: StudyFile): Study {
  if (study.kind === 'tenders') return { kind: 'tenders', study: tendersStudy(study) }
  if (study.kind === 'auction') {
    const { kind: _, start, oversight, ...rest } = study
    return {
      kind: 'auction',
      study: {
        ...rest,
        start: start ?? 1 / (1 - study.discount),
        ...(oversight === undefined ? {} : { oversight }),
      },
    }
  }
  const { firms, exploration } = study
  const forEach = <T>(each: T): T[] => Array<T>(firms).fill(each)
  return {
    kind: 'pricing',
    study: {
      market: {
        qualities: forEach(study.quality),
        costs: study.costs ?? forEach(study.cost),
        outsideQuality: study.outsideQuality,
        differentiation: study.differentiation,
      },
      grid: study.grid,
      memory: study.memory as 0 | 1 | 2,
      discount: study.discount,
      learningRates: study.learningRates ?? forEach(study.learningRate),
      exploration:
        exploration.kind === 'epsilon-greedy'
          ? { kind: 'epsilon-greedy', decays: exploration.decays ?? forEach(exploration.decay) }
          : exploration,
      start: study.start,
      window: study.window,
      mostPeriods: study.mostPeriods,
    },
  }
}
