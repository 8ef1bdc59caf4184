// What each control would have avoided: losses with and without it on the same seeds, and the cheapest set that keeps them under a bound.
import { type CheapestSet, cheapestSet, type PairedDifference, pairedDifference } from '@solvent/contagion'
import { hashCanonical, isSolventError, SolventError } from '@solvent/primitives'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { Control } from './controls/control.ts'
import { controls, withControls } from './controls/controls.ts'
import { lossSheet, totalLoss } from './loss-sheet.ts'
import { impossibility } from './possible.ts'
import { calm, drawn } from './shock.ts'
import { CONFIDENCE } from './study.ts'
import type { Trials } from './trial.ts'

export interface ControlOutcome {
  readonly control: Control
  /** Whether the scenario has it by itself. */
  readonly inFile: boolean
  /** By seed, in the numeraire; of the scenario without any of the controls, and with this one alone. */
  readonly without: readonly number[]
  readonly with: readonly number[]
  readonly avoided: PairedDifference | null
  /** Why it was not judged; null when it was. */
  readonly refused: string | null
}

export interface Interventions {
  readonly controls: readonly ControlOutcome[]
  /** Null without a bound. */
  readonly cheapest:
    | (CheapestSet & { readonly bound: number; readonly names: readonly string[] | null })
    | null
}

export interface InterventionOptions {
  readonly scenario: Scenario
  readonly seeds: readonly number[]
  /** The loss that the cheapest set keeps to, mean over the seeds, in the numeraire; null: none is looked for. */
  readonly bound: number | null
  /** Cost of a control by its name; 1 when left out. */
  readonly costs: ReadonlyMap<string, number>
  readonly trials: Trials
}

const E8 = 1e8

export function studyInterventions(options: InterventionOptions): Interventions {
  const { bound, costs } = options
  const bare = lossesWith(options, [])
  const outcomes = controls.map((control) => judged(options, control, bare))
  const able = outcomes.filter(({ refused }) => refused === null).map(({ control }) => control)
  if (bound === null) return { controls: outcomes, cheapest: null }
  const cheapest = cheapestSet({
    costs: able.map(({ name }) => costs.get(name) ?? 1),
    bound,
    lossOf: (set) => {
      const losses = attempted(() =>
        lossesWith(
          options,
          set.map((at) => able[at]!),
        ),
      )
      return typeof losses === 'string' ? Number.POSITIVE_INFINITY : meanOf(losses)
    },
  })
  const names = cheapest.controls?.map((at) => able[at]!.name) ?? null
  return { controls: outcomes, cheapest: { ...cheapest, bound, names } }
}

function judged(options: InterventionOptions, control: Control, bare: readonly number[]): ControlOutcome {
  const about = { control, inFile: control.isIn(options.scenario), without: bare }
  if (!makesDifference(options.scenario, control))
    return { ...about, with: [], avoided: null, refused: 'The scenario has nothing for it to act on.' }
  const losses = attempted(() => lossesWith(options, [control]))
  if (typeof losses === 'string') return { ...about, with: [], avoided: null, refused: losses }
  return { ...about, with: losses, avoided: pairedDifference(bare, losses, CONFIDENCE), refused: null }
}

function makesDifference(scenario: Scenario, control: Control): boolean {
  return hashCanonical(withControls(scenario, [control])) !== hashCanonical(withControls(scenario, []))
}

/** The losses, or why there are none: the scenario cannot have the control, or its attack passes the control by. */
function attempted(losses: () => number[]): number[] | string {
  try {
    return losses()
  } catch (error) {
    if (isSolventError(error) && (error.code === 'E_INVARIANT' || error.code === 'E_SCENARIO'))
      return error.message
    throw error
  }
}

function lossesWith({ scenario, seeds, trials }: InterventionOptions, chosen: readonly Control[]): number[] {
  return seeds.map((seed) => {
    const shocked = withControls(drawn(scenario, seed), chosen)
    const impossible = impossibility(shocked)
    if (impossible !== null) throw new SolventError({ code: 'E_SCENARIO', message: impossible })
    const sheet = lossSheet(trials.run(calm(shocked), seed), trials.run(shocked, seed))
    return Number(totalLoss(sheet)) / E8
  })
}

function meanOf(losses: readonly number[]): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}
