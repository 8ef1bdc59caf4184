// `solvent contagion SCENARIO`: who loses how much to the scenario's shock, and how it came to them.
import { checkResultsDirectory, runContagion, writeContagion } from '@solvent/experiments'
import { SolventError } from '@solvent/primitives'
import { EXIT } from '../exit-code.ts'
import { readScenario } from '../input.ts'
import { namedNumbers } from '../named-numbers.ts'
import { contagionTables } from '../output/contagion-tables.ts'
import { note, result, resultJson } from '../output/streams.ts'
import { runsDirectory } from '../project.ts'
import { userPath } from '../user-path.ts'

export interface ContagionOptions {
  readonly attribute?: boolean | undefined
  readonly interventions?: boolean | undefined
  /** Asks for interventions as well. */
  readonly bound?: number | undefined
  readonly boundOn?: 'loss' | 'unpaid' | undefined
  readonly cost?: readonly string[] | undefined
  readonly reverse?: string | undefined
  readonly runs: number
  readonly seed?: number | undefined
  readonly out?: string | undefined
  readonly json?: boolean | undefined
}

/** Runs between two lines of progress. */
const TOLD_EVERY = 10

export async function contagion(file: string, options: ContagionOptions): Promise<number> {
  const costs = namedNumbers('cost', options.cost ?? [])
  if (costs.size > 0 && options.bound === undefined)
    throw new SolventError({
      code: 'E_USAGE',
      message: 'Costs choose the cheapest set of controls under a bound, and there is none.',
      details: { got: [...costs.keys()] },
      hint: 'Add --bound <loss>.',
    })
  if (options.boundOn !== undefined && options.bound === undefined)
    throw new SolventError({
      code: 'E_USAGE',
      message: 'There is no bound.',
      details: { boundOn: options.boundOn },
      hint: 'Add --bound <amount>.',
    })
  const loaded = await readScenario(file)
  const seed = options.seed ?? loaded.scenario.seed
  const directory =
    options.out === undefined
      ? runsDirectory(`contagion-${loaded.scenario.name}`, seed)
      : userPath(options.out)
  await checkResultsDirectory(directory)
  const report = runContagion({
    loaded,
    seed,
    runs: options.runs,
    attribute: options.attribute === true,
    interventions:
      options.interventions === true || options.bound !== undefined
        ? { bound: options.bound ?? null, boundOn: options.boundOn ?? 'loss', costs }
        : null,
    reverse: options.reverse ?? null,
    onTrial: (simulated) => {
      if (simulated % TOLD_EVERY === 0) note(`${simulated} runs simulated`)
    },
  })
  await writeContagion(directory, loaded, report)
  if (options.json === true) resultJson(report)
  else result(`${contagionTables(report)}\n\nResults: ${directory}`)
  return EXIT.ok
}
