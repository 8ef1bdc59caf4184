// What `solvent contagion --json` prints and `contagion.json` holds. Amounts are decimal strings in the scenario's numeraire.
import { formatUnits } from '@solvent/primitives'
import type { FallSummary } from '../run/cascade-summary.ts'
import type { LoadedScenario } from '../scenario/load-scenario.ts'
import type { Attribution, LossErrors } from './attribution.ts'
import type { EarlyWarning } from './early-warning.ts'
import type { ExposureGraph } from './exposure-graph.ts'
import { type InterventionReport, interventionReport } from './intervention-report.ts'
import type { Interventions } from './interventions.ts'
import { type LossClass, type LossSheet, lossClasses, lossClassTitles, totalLoss } from './loss-sheet.ts'
import type { ReverseStress } from './reverse-stress.ts'
import type { LossStudy } from './study.ts'

const E8 = 8

/** Loss by kind of holder, and their sum. */
export type LossColumns = Readonly<Record<LossClass | 'total', string>>

export interface ContagionReport {
  readonly scenario: string
  readonly title: string
  readonly numeraire: string
  readonly seeds: readonly number[]
  /** What each kind of holder is. */
  readonly classes: Readonly<Record<LossClass, string>>
  readonly runs: readonly {
    readonly seed: number
    readonly loss: LossColumns
    readonly insolvent: readonly string[]
  }[]
  /** Mean over the seeds. */
  readonly loss: LossColumns
  /** The same by where what has lost lies; `chain` null for orders, fills and transfers. */
  readonly byChain: readonly { readonly chain: string | null; readonly loss: string }[]
  readonly distribution: {
    readonly mean: number
    readonly valueAtRisk: number
    readonly expectedShortfall: number
    readonly worst: number
    readonly confidence: number
  }
  readonly wave: readonly {
    readonly atSeconds: number
    readonly kind: string
    readonly who: string
    readonly what: string
    readonly value: string
  }[]
  /** Of the first seed: who could not pay any more, in which round, and because of whom. */
  readonly falls: readonly FallSummary[]
  /** Of the first seed, when most claims are open; null where nobody owes anybody anything. */
  readonly exposures: ExposureGraph | null
  /** Null where it was not asked for. */
  readonly attribution: AttributionReport | null
  readonly warning: EarlyWarning
  readonly interventions: InterventionReport | null
  readonly reverse: ReverseReport | null
}

export interface BreakReport {
  /** Multiples of the file's shock. */
  readonly breaksAt: number | null
  readonly holdsAt: number | null
  readonly monotone: boolean
  readonly tried: readonly { readonly size: number; readonly broken: boolean }[]
}

export interface ReverseReport {
  readonly target: string
  readonly brokenWhen: string
  readonly most: number
  readonly bySeed: readonly ({ readonly seed: number } & BreakReport)[]
  readonly byBridge: readonly ({ readonly place: string } & BreakReport)[]
  readonly byTime: readonly ({ readonly atSeconds: number } & BreakReport)[]
}

/** What a study found. */
export interface ContagionFindings {
  readonly losses: LossStudy
  readonly warning: EarlyWarning
  readonly attributions: readonly Attribution[] | null
  readonly interventions: Interventions | null
  readonly reverse: ReverseStress | null
}

export interface AttributionReport {
  readonly method: 'exact' | 'sampled'
  /** Sums over the seeds; with `rest` they add up to `whole` to the last digit. */
  readonly channels: readonly {
    readonly name: string
    readonly title: string
    readonly closedBy: string
    readonly parts: LossColumns
    /** Of sampled orders of channels; 0 where exact. */
    readonly standardErrors: LossErrors
  }[]
  /** Lost with every channel closed. */
  readonly rest: LossColumns
  readonly whole: LossColumns
}

export function contagionReport(
  { scenario }: LoadedScenario,
  { losses: study, warning, attributions, interventions, reverse }: ContagionFindings,
): ContagionReport {
  const { mean, valueAtRisk, expectedShortfall, worst } = study.distribution
  return {
    scenario: scenario.name,
    title: scenario.title,
    numeraire: scenario.numeraire,
    seeds: study.runs.map(({ seed }) => seed),
    classes: lossClassTitles,
    runs: study.runs.map(({ seed, sheet, insolvent }) => ({ seed, loss: columns(sheet), insolvent })),
    loss: columns(meanOf(study.runs.map(({ sheet }) => sheet))),
    byChain: meanByChain(study),
    distribution: { mean, valueAtRisk, expectedShortfall, worst, confidence: study.confidence },
    wave: study.wave.steps.map(({ valueE8, ...step }) => ({ ...step, value: formatUnits(valueE8, E8) })),
    falls: study.falls,
    exposures: study.exposures,
    attribution: attributions === null ? null : attributionReport(attributions),
    warning,
    interventions: interventions === null ? null : interventionReport(interventions),
    reverse: reverse === null ? null : reverseReport(reverse),
  }
}

function meanByChain({ runs }: LossStudy): ContagionReport['byChain'] {
  return runs[0]!.byChain.map(({ chain }, at) => {
    const sum = runs.reduce((all, { byChain }) => all + byChain[at]!.lossE8, 0n)
    return { chain, loss: formatUnits(sum / BigInt(runs.length), E8) }
  })
}

function reverseReport({ target, most, bySeed, byBridge, byTime }: ReverseStress): ReverseReport {
  return {
    target: target.name,
    brokenWhen: target.brokenWhen,
    most,
    bySeed: bySeed.map(({ seed, found }) => ({ seed, ...found })),
    byBridge: byBridge.map(({ place, found }) => ({ place, ...found })),
    byTime: byTime.map(({ atSeconds, found }) => ({ atSeconds, ...found })),
  }
}

/** Channels of all seeds, in the order in which they first come up; one that a seed does not have adds nothing to its loss. */
function attributionReport(attributions: readonly Attribution[]): AttributionReport {
  const known = new Map(
    attributions.flatMap(({ channels }) => channels.map((each) => [each.name, each] as const)),
  )
  const channels = [...known.values()].map((channel) => {
    const places = attributions.map((each) => each.channels.findIndex(({ name }) => name === channel.name))
    const parts = sumOf(attributions.flatMap((each, at) => each.parts[places[at]!] ?? []))
    const errors = (of: LossClass | 'total') =>
      attributions.map((each, at) => (each.standardErrors[places[at]!]?.[of] ?? 0) / 1e8)
    const standardErrors = Object.fromEntries(
      ([...lossClasses, 'total'] as const).map((of) => [
        of,
        Math.sqrt(errors(of).reduce((sum, error) => sum + error * error, 0)),
      ]),
    ) as LossErrors
    return { ...channel, parts, standardErrors }
  })
  const rest = sumOf(attributions.map((each) => each.rest))
  return {
    method: attributions.some(({ method }) => method === 'sampled') ? 'sampled' : 'exact',
    channels: channels.map(({ parts, ...channel }) => ({ ...channel, parts: columns(parts) })),
    rest: columns(rest),
    whole: columns(sumOf([rest, ...channels.map(({ parts }) => parts)])),
  }
}

function columns(sheet: LossSheet): LossColumns {
  const shown = lossClasses.map((each) => [each, formatUnits(sheet[each], E8)] as const)
  return { ...Object.fromEntries(shown), total: formatUnits(totalLoss(sheet), E8) } as LossColumns
}

function sumOf(sheets: readonly LossSheet[]): LossSheet {
  const sum = (of: LossClass) => sheets.reduce((all, sheet) => all + sheet[of], 0n)
  return Object.fromEntries(lossClasses.map((each) => [each, sum(each)])) as unknown as LossSheet
}

function meanOf(sheets: readonly LossSheet[]): LossSheet {
  const sum = sumOf(sheets)
  return Object.fromEntries(
    lossClasses.map((each) => [each, sum[each] / BigInt(sheets.length)]),
  ) as unknown as LossSheet
}
