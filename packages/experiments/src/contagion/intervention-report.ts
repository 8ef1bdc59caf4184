// What a study's report says of controls: numbers in the numeraire.
import type { BoundOn, ControlOutcome, Interventions } from './interventions.ts'

export interface AvoidedReport {
  readonly mean: number
  readonly halfWidth: number | null
}

export interface InterventionReport {
  /** Numbers in the numeraire; `avoided` is the mean of the losses without less with, and half its interval. */
  readonly controls: readonly {
    readonly name: string
    readonly title: string
    readonly setting: string
    readonly inFile: boolean
    readonly lossWithout: number
    readonly lossWith: number | null
    readonly avoided: AvoidedReport | null
    /** Claims that stay unpaid, whoever gains. */
    readonly unpaidWithout: number
    readonly unpaidWith: number | null
    readonly unpaidAvoided: AvoidedReport | null
    readonly refused: string | null
  }[]
  readonly cheapest: {
    readonly method: 'exact' | 'greedy'
    readonly bound: number
    readonly boundOn: BoundOn
    readonly controls: readonly string[] | null
    readonly loss: number
    readonly cost: number
    readonly evaluations: number
  } | null
}

export function interventionReport({ controls, cheapest }: Interventions): InterventionReport {
  return {
    controls: controls.map(({ control, inFile, refused, ...of }) => ({
      name: control.name,
      title: control.title,
      setting: control.setting,
      inFile,
      lossWithout: meanOfLosses(of.without),
      lossWith: refused === null ? meanOfLosses(of.with) : null,
      avoided: avoidedReport(of.avoided),
      unpaidWithout: meanOfLosses(of.unpaidWithout),
      unpaidWith: refused === null ? meanOfLosses(of.unpaidWith) : null,
      unpaidAvoided: avoidedReport(of.unpaidAvoided),
      refused,
    })),
    cheapest:
      cheapest === null
        ? null
        : {
            method: cheapest.method,
            bound: cheapest.bound,
            boundOn: cheapest.boundOn,
            controls: cheapest.names,
            loss: cheapest.loss,
            cost: cheapest.cost,
            evaluations: cheapest.evaluations,
          },
  }
}

function avoidedReport(avoided: ControlOutcome['avoided']): AvoidedReport | null {
  if (avoided === null) return null
  const { mean, halfWidth } = avoided
  return { mean, halfWidth: Number.isFinite(halfWidth) ? halfWidth : null }
}

function meanOfLosses(losses: readonly number[]): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}
