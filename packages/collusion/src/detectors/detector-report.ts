/**
 * How good the detector is at what it never saw: for each kind of cartel one that learnt from all other kinds, for
 * each pricing rule one that learnt from the other rules, and for each pair of them one that saw neither, tested on fresh markets; and
 * on labelled auctions of others.
 */

import type { ConductKind } from '../generators/conduct.ts'
import { PRICING_RULES, type PricingRule } from '../generators/pricing-rule.ts'
import { screensOf } from '../screens/tender-screens.ts'
import { meanOf } from '../statistics/moments.ts'
import { AGAINST_HONESTY, tenderFeaturesOf } from './features.ts'
import { type LogisticModel, probabilityOf, trainLogistic } from './logistic.ts'
import { quantileOf, SIZE } from './power.ts'
import { type Roc, rocOf } from './roc.ts'
import { type SharedCostAlarms, sharedCostAlarms } from './shared-cost-alarms.ts'
import {
  COLLUSIVE_KINDS,
  learningMarkets,
  type SimulatedMarket,
  simulatedMarkets,
} from './simulated-examples.ts'

export interface DetectorOptions {
  /** Of each kind under each rule. */
  readonly markets: number
  readonly seed: number
}

export interface UnseenResult {
  /** The kind or rule that was left out of learning. */
  readonly unseen: string
  readonly auc: number
  readonly se: number
  readonly power_at_5pct: number
  /** What the threshold of the competitive markets learnt from flags of the fresh ones. */
  readonly false_positive_rate: number
  readonly roc: readonly { readonly fpr: number; readonly tpr: number }[]
}

export interface CalibrationBin {
  readonly from: number
  readonly to: number
  readonly markets: number
  readonly predicted: number
  readonly observed: number
}

export interface DetectorReport {
  readonly markets: number
  readonly seed: number
  readonly kinds: readonly UnseenResult[]
  readonly rules: readonly UnseenResult[]
  /** Area under the curve where neither the kind nor the rule was learnt from, by rule. */
  readonly both: readonly {
    readonly kind: ConductKind
    readonly byRule: Readonly<Record<PricingRule, number>>
  }[]
  /** Of all unseen kinds together. */
  readonly calibration: { readonly brier: number; readonly bins: readonly CalibrationBin[] }
  /** Power at a false positive rate of 5 % by number of tenders; 1 is one tender's screens alone. */
  readonly power: readonly {
    readonly kind: ConductKind
    readonly byTenders: Readonly<Record<string, number>>
  }[]
  /** Markets whose bidders share shocks to their costs. */
  readonly shared_costs: readonly SharedCostAlarms[]
  readonly labelled: LabelledResult | null
}

export interface LabelledResult {
  readonly auctions: number
  readonly collusive: number
  readonly auc: number
  readonly se: number
  readonly power_at_5pct: number
}

/** A tender's bids, and whether it is known to have been rigged. */
export interface LabelledTender {
  readonly bids: readonly number[]
  readonly isCollusive: boolean
}

type View = 'market' | 'tender'

const POWER_TENDERS = [5, 10, 20, 40, 80]
const BINS = 10

export function detectorReport(
  options: DetectorOptions,
  labelled: readonly LabelledTender[] | null,
): DetectorReport {
  const learnt = learningMarkets(options)
  const fresh = simulatedMarkets({ ...options, purpose: 'test' })
  const withoutKind = new Map(
    COLLUSIVE_KINDS.map((kind) => [
      kind,
      modelOf(
        learnt.filter((one) => one.kind !== kind),
        'market',
      ),
    ]),
  )
  const tenderWithoutKind = new Map(
    COLLUSIVE_KINDS.map((kind) => [
      kind,
      modelOf(
        learnt.filter((one) => one.kind !== kind),
        'tender',
      ),
    ]),
  )
  const isOf = (kind: ConductKind) => (one: SimulatedMarket) =>
    one.kind === kind || one.kind === 'competitive'
  const kinds = COLLUSIVE_KINDS.map((kind) =>
    unseenResult(kind, withoutKind.get(kind)!, learnt, fresh.filter(isOf(kind))),
  )
  const rules = PRICING_RULES.map((rule) => unseenRule(rule, learnt, fresh))
  const predictions = COLLUSIVE_KINDS.flatMap((kind) => {
    const model = withoutKind.get(kind)!
    const competitive = fresh.filter((one) => one.kind === 'competitive')
    const share = Math.ceil(competitive.length / COLLUSIVE_KINDS.length)
    const from = COLLUSIVE_KINDS.indexOf(kind) * share
    return [...fresh.filter((one) => one.kind === kind), ...competitive.slice(from, from + share)].map(
      (one) => ({
        predicted: probabilityOf(model, one.market),
        label: labelOf(one),
      }),
    )
  })
  return {
    ...options,
    kinds,
    rules,
    both: COLLUSIVE_KINDS.map((kind) => ({
      kind,
      byRule: neitherSeen(kind, learnt, fresh.filter(isOf(kind))),
    })),
    calibration: calibrationOf(predictions),
    power: powerByTenders(options, withoutKind, tenderWithoutKind, fresh),
    shared_costs: sharedCostAlarms(options, learnt),
    labelled: labelled === null ? null : labelledResult(modelOf(learnt, 'tender'), labelled),
  }
}

function unseenRule(
  rule: PricingRule,
  learnt: readonly SimulatedMarket[],
  fresh: readonly SimulatedMarket[],
) {
  const seen = learnt.filter((one) => one.rule !== rule)
  return unseenResult(
    rule,
    modelOf(seen, 'market'),
    seen,
    fresh.filter((one) => one.rule === rule),
  )
}

function neitherSeen(
  kind: ConductKind,
  learnt: readonly SimulatedMarket[],
  fresh: readonly SimulatedMarket[],
): Record<PricingRule, number> {
  const aucs = PRICING_RULES.map((rule) => {
    const model = modelOf(
      learnt.filter((one) => one.kind !== kind && one.rule !== rule),
      'market',
    )
    const scored = fresh
      .filter((one) => one.rule === rule)
      .map((one) => ({ score: probabilityOf(model, one.market), label: labelOf(one) }))
    return [rule, curveOf(scored).auc]
  })
  return Object.fromEntries(aucs) as Record<PricingRule, number>
}

function unseenResult(
  unseen: string,
  model: LogisticModel,
  learnt: readonly SimulatedMarket[],
  fresh: readonly SimulatedMarket[],
): UnseenResult {
  const score = (one: SimulatedMarket) => probabilityOf(model, one.market)
  const roc = curveOf(fresh.map((one) => ({ score: score(one), label: labelOf(one) })))
  const threshold = quantileOf(learnt.filter((one) => labelOf(one) === 0).map(score), 1 - SIZE)
  const competitive = fresh.filter((one) => labelOf(one) === 0).map(score)
  return {
    unseen,
    auc: roc.auc,
    se: roc.hanley_mcneil_se,
    power_at_5pct: roc.tpr_at_fpr_05,
    false_positive_rate: competitive.filter((one) => one > threshold).length / competitive.length,
    roc: roc.points.map(({ fpr, tpr }) => ({ fpr, tpr })),
  }
}

function powerByTenders(
  { markets, seed }: DetectorOptions,
  marketModels: ReadonlyMap<ConductKind, LogisticModel>,
  tenderModels: ReadonlyMap<ConductKind, LogisticModel>,
  fresh: readonly SimulatedMarket[],
): DetectorReport['power'] {
  const bySize = new Map(
    POWER_TENDERS.map((tenders) => [
      tenders,
      simulatedMarkets({ markets, seed, tenders, purpose: 'power', competitiveShare: 2 }),
    ]),
  )
  return COLLUSIVE_KINDS.map((kind) => {
    const power = (model: LogisticModel, view: View, some: readonly SimulatedMarket[]) =>
      curveOf(
        some
          .filter((one) => one.kind === kind || one.kind === 'competitive')
          .map((one) => ({ score: probabilityOf(model, one[view]), label: labelOf(one) })),
      ).tpr_at_fpr_05
    return {
      kind,
      byTenders: Object.fromEntries([
        ['1', power(tenderModels.get(kind)!, 'tender', fresh)],
        ...[...bySize].map(([tenders, some]) => [
          String(tenders),
          power(marketModels.get(kind)!, 'market', some),
        ]),
      ]),
    }
  })
}

function calibrationOf(predictions: readonly { readonly predicted: number; readonly label: number }[]) {
  const bins = Array.from({ length: BINS }, (_, bin): CalibrationBin => {
    const [from, to] = [bin / BINS, (bin + 1) / BINS]
    const inside = predictions.filter(
      ({ predicted }) => predicted >= from && (predicted < to || (bin === BINS - 1 && predicted <= to)),
    )
    return {
      from,
      to,
      markets: inside.length,
      predicted: inside.length === 0 ? Number.NaN : meanOf(inside.map(({ predicted }) => predicted)),
      observed: inside.length === 0 ? Number.NaN : meanOf(inside.map(({ label }) => label)),
    }
  })
  const brier = meanOf(predictions.map(({ predicted, label }) => (predicted - label) * (predicted - label)))
  return { brier, bins: bins.filter(({ markets }) => markets > 0) }
}

function labelledResult(model: LogisticModel, labelled: readonly LabelledTender[]): LabelledResult {
  const scored = labelled.map(({ bids, isCollusive }) => ({
    score: probabilityOf(model, tenderFeaturesOf(screensOf(bids))),
    label: isCollusive ? 1 : 0,
  }))
  const roc = curveOf(scored)
  return {
    auctions: scored.length,
    collusive: scored.filter(({ label }) => label === 1).length,
    auc: roc.auc,
    se: roc.hanley_mcneil_se,
    power_at_5pct: roc.tpr_at_fpr_05,
  }
}

const labelOf = ({ kind }: SimulatedMarket): 0 | 1 => (kind === 'competitive' ? 0 : 1)

function modelOf(markets: readonly SimulatedMarket[], view: View): LogisticModel {
  return trainLogistic(
    markets.map((one) => ({ features: one[view], label: labelOf(one) })),
    view === 'market' ? AGAINST_HONESTY : [],
  )
}

function curveOf(scored: readonly { readonly score: number; readonly label: number }[]): Roc {
  const roc = rocOf(
    scored.map(({ score }) => score),
    scored.map(({ label }) => label),
  )
  if (roc === null) throw new Error('Labelled examples need both labels.')
  return roc
}
