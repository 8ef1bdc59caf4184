// A study of a scenario's shock: losses, and what else was asked for.
import { SolventError } from '@solvent/primitives'
import type { LoadedScenario } from '../scenario/load-scenario.ts'
import { type ContagionReport, contagionReport } from './contagion-report.ts'
import { shockAtSeconds } from './shock.ts'
import { studyChannels, studyLosses } from './study.ts'
import { Trials } from './trial.ts'

export interface ContagionOptions {
  readonly loaded: LoadedScenario
  /** The first seed; the others follow. */
  readonly seed: number
  readonly runs: number
  readonly attribute: boolean
  /** Called with the number of runs simulated so far. */
  readonly onTrial: (simulated: number) => void
}

const MOST_SEED = 4_294_967_295

/**
 * Studies a scenario in virtual time.
 *
 * @throws SolventError E_USAGE for a scenario without a shock; E_INVARIANT when an invariant breaks in a run
 */
export function runContagion({ loaded, seed, runs, attribute, onTrial }: ContagionOptions): ContagionReport {
  const { scenario } = loaded
  if (shockAtSeconds(scenario) === null)
    throw new SolventError({
      code: 'E_USAGE',
      message: 'The scenario has no shock: neither faults nor actors who attack.',
      details: { scenario: scenario.name },
      hint: 'Give it a fault (docs/scenario-files.md lists them).',
    })
  if (seed + runs - 1 > MOST_SEED)
    throw new SolventError({
      code: 'E_USAGE',
      message: 'There are not so many seeds after the first.',
      details: { seed, runs, most: MOST_SEED },
    })
  const trials = new Trials(onTrial)
  const seeds = Array.from({ length: runs }, (_, at) => seed + at)
  const study = studyLosses(scenario, seeds, trials)
  const attributions = attribute ? studyChannels(scenario, seeds, trials) : null
  return contagionReport(loaded, study, attributions)
}
