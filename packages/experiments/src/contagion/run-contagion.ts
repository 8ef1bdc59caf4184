// A study of a scenario's shock: losses, and what else was asked for.
import { SolventError } from '@solvent/primitives'
import type { LoadedScenario } from '../scenario/load-scenario.ts'
import { type ContagionReport, contagionReport } from './contagion-report.ts'
import { controls } from './controls/controls.ts'
import { studyWarnings, watched } from './early-warning.ts'
import { type BoundOn, studyInterventions } from './interventions.ts'
import { reverseStress } from './reverse-stress.ts'
import { shockAtSeconds } from './shock.ts'
import { studyChannels, studyLosses } from './study.ts'
import { targetOf } from './targets.ts'
import { Trials } from './trial.ts'

export interface ContagionOptions {
  readonly loaded: LoadedScenario
  /** The first seed; the others follow. */
  readonly seed: number
  readonly runs: number
  readonly attribute: boolean
  /** Controls with and without, and the cheapest set under a bound in the numeraire; null: not asked for. */
  readonly interventions: {
    readonly bound: number | null
    readonly boundOn: BoundOn
    readonly costs: ReadonlyMap<string, number>
  } | null
  /** The name of what a reverse stress test breaks; null: not asked for. */
  readonly reverse: string | null
  /** Called with the number of runs simulated so far. */
  readonly onTrial: (simulated: number) => void
}

const MOST_SEED = 4_294_967_295

/**
 * Studies a scenario in virtual time.
 *
 * @throws SolventError E_USAGE for a scenario without a shock, and for unknown names; E_INVARIANT when an invariant breaks in a run
 */
export function runContagion(options: ContagionOptions): ContagionReport {
  const { loaded, seed, runs, onTrial } = options
  const scenario = watched(loaded.scenario)
  if (shockAtSeconds(scenario) === null)
    throw new SolventError({
      code: 'E_USAGE',
      message: 'The scenario has no shock: neither faults, nor actors who attack, nor paths of prices.',
      details: { scenario: scenario.name },
      hint: 'Give it a fault (docs/scenario-files.md lists them).',
    })
  if (seed + runs - 1 > MOST_SEED)
    throw new SolventError({
      code: 'E_USAGE',
      message: 'There are not so many seeds after the first.',
      details: { seed, runs, most: MOST_SEED },
    })
  const target = options.reverse === null ? null : targetOf(scenario, options.reverse)
  checkCosts(options.interventions?.costs ?? new Map())
  const trials = new Trials(onTrial)
  const seeds = Array.from({ length: runs }, (_, at) => seed + at)
  return contagionReport(loaded, {
    losses: studyLosses(scenario, seeds, trials),
    warning: studyWarnings(scenario, seeds, trials),
    attributions: options.attribute ? studyChannels(scenario, seeds, trials) : null,
    interventions:
      options.interventions === null
        ? null
        : studyInterventions({ scenario, seeds, trials, ...options.interventions }),
    reverse: target === null ? null : reverseStress(scenario, target, seeds, trials),
  })
}

function checkCosts(costs: ReadonlyMap<string, number>): void {
  const known = controls.map(({ name }) => name)
  for (const [name, cost] of costs)
    if (cost < 0)
      throw new SolventError({
        code: 'E_USAGE',
        message: 'A control costs nothing at least.',
        details: { control: name, got: cost },
      })
  for (const name of costs.keys())
    if (!known.includes(name))
      throw new SolventError({
        code: 'E_USAGE',
        message: 'There is no such control.',
        details: { got: name, allowed: known },
      })
}
