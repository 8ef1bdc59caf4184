// What each control would have avoided: losses with and without it on the same seeds, and the cheapest set that keeps them under a bound.
import { type CheapestSet, cheapestSet, type PairedDifference, pairedDifference } from '@solvent/contagion'
import { hashCanonical, isSolventError, SolventError } from '@solvent/primitives'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { Control } from './controls/control.ts'
import { controls, lastingControls, withControls } from './controls/controls.ts'
import { lossSheet, totalLoss } from './loss-sheet.ts'
import { impossibility } from './possible.ts'
import { calm, drawn } from './shock.ts'
import { CONFIDENCE } from './study.ts'
import type { Trials } from './trial.ts'
import { unpaidClaims } from './unpaid-claims.ts'

export interface ControlOutcome {
  readonly control: Control
  /** Whether the scenario has it by itself. */
  readonly inFile: boolean
  /** By seed, in the numeraire; of the scenario without any of the controls, and with this one alone. */
  readonly without: readonly number[]
  readonly with: readonly number[]
  readonly avoided: PairedDifference | null
  /** The same of claims that stay unpaid. */
  readonly unpaidWithout: readonly number[]
  readonly unpaidWith: readonly number[]
  readonly unpaidAvoided: PairedDifference | null
  /** Why it was not judged; null when it was. */
  readonly refused: string | null
}

/** What a bound is of: everybody's loss together, or claims that stay unpaid whoever gains. */
export const boundsOn = ['loss', 'unpaid'] as const
export type BoundOn = (typeof boundsOn)[number]

export interface Interventions {
  readonly controls: readonly ControlOutcome[]
  /** Null without a bound. */
  readonly cheapest:
    | (CheapestSet & {
        readonly bound: number
        readonly boundOn: BoundOn
        readonly names: readonly string[] | null
      })
    | null
}

export interface InterventionOptions {
  readonly scenario: Scenario
  readonly seeds: readonly number[]
  /** What the cheapest set keeps to, mean over the seeds, in the numeraire; null: none is looked for. */
  readonly bound: number | null
  readonly boundOn: BoundOn
  /** Cost of a control by its name; 1 when left out. */
  readonly costs: ReadonlyMap<string, number>
  readonly trials: Trials
}

const E8 = 1e8

export function studyInterventions(options: InterventionOptions): Interventions {
  const { bound, boundOn, costs, scenario, seeds } = options
  const study = { ...options, lasting: lastingControls(drawn(scenario, seeds[0]!)) }
  const bare = measuredWith(study, [])
  const outcomes = controls.map((control) => judged(study, control, bare))
  const able = outcomes.filter(({ refused }) => refused === null).map(({ control }) => control)
  if (bound === null) return { controls: outcomes, cheapest: null }
  const cheapest = cheapestSet({
    costs: able.map(({ name }) => costs.get(name) ?? 1),
    bound,
    lossOf: (set) => {
      const losses = attempted(() =>
        measuredWith(
          study,
          set.map((at) => able[at]!),
        ),
      )
      return typeof losses === 'string' ? Number.POSITIVE_INFINITY : meanOf(losses[boundOn])
    },
  })
  const names = cheapest.controls?.map((at) => able[at]!.name) ?? null
  return { controls: outcomes, cheapest: { ...cheapest, bound, boundOn, names } }
}

interface Study extends InterventionOptions {
  /** Controls that stay in every run of the study, and why. */
  readonly lasting: ReadonlyMap<Control, string>
}

function judged(study: Study, control: Control, bare: Measured): ControlOutcome {
  const about = {
    control,
    inFile: control.isIn(study.scenario),
    without: bare.loss,
    unpaidWithout: bare.unpaid,
  }
  const refusedFor = (refused: string): ControlOutcome => ({
    ...about,
    ...{ with: [], avoided: null, unpaidWith: [], unpaidAvoided: null, refused },
  })
  const needed = study.lasting.get(control)
  if (needed !== undefined) return refusedFor(`The scenario cannot be without it: ${needed}.`)
  if (!makesDifference(study, control)) return refusedFor('The scenario has nothing for it to act on.')
  const losses = attempted(() => measuredWith(study, [control]))
  if (typeof losses === 'string') return refusedFor(losses)
  return {
    ...about,
    with: losses.loss,
    avoided: pairedDifference(bare.loss, losses.loss, CONFIDENCE),
    unpaidWith: losses.unpaid,
    unpaidAvoided: pairedDifference(bare.unpaid, losses.unpaid, CONFIDENCE),
    refused: null,
  }
}

/** On the first seed, with its faults drawn: some controls answer to them. */
function makesDifference({ scenario, seeds, lasting }: Study, control: Control): boolean {
  const first = drawn(scenario, seeds[0]!)
  return (
    hashCanonical(withControls(first, [control], lasting)) !== hashCanonical(withControls(first, [], lasting))
  )
}

/** The losses, or why there are none: the scenario cannot have the control, or its attack passes the control by. */
function attempted(losses: () => Measured): Measured | string {
  try {
    return losses()
  } catch (error) {
    if (isSolventError(error) && (error.code === 'E_INVARIANT' || error.code === 'E_SCENARIO'))
      return firstLine(error.message)
    throw error
  }
}

/** By seed, in the numeraire. */
type Measured = Readonly<Record<BoundOn, readonly number[]>>

function measuredWith({ scenario, seeds, trials, lasting }: Study, chosen: readonly Control[]): Measured {
  const sheets = seeds.map((seed) => {
    const shocked = withControls(drawn(scenario, seed), chosen, lasting)
    const impossible = impossibility(shocked)
    if (impossible !== null) throw new SolventError({ code: 'E_SCENARIO', message: impossible })
    const [before, after] = [trials.run(calm(shocked), seed), trials.run(shocked, seed)]
    const sheet = lossSheet(before, after)
    return { loss: totalLoss(sheet), unpaid: unpaidClaims(before, after, sheet) }
  })
  return {
    loss: sheets.map(({ loss }) => Number(loss) / E8),
    unpaid: sheets.map(({ unpaid }) => Number(unpaid) / E8),
  }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!
}

function meanOf(losses: readonly number[]): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}
