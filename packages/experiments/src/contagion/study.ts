// What a shock of a scenario does: who loses how much over many seeds, through which channels.
import { type LossDistribution, lossDistribution } from '@solvent/contagion'
import { cascadeSummary, type FallSummary } from '../run/cascade-summary.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { type Attribution, attribute } from './attribution.ts'
import { type ExposureGraph, exposureGraph } from './exposure-graph.ts'
import { type ChainLoss, lossByChain } from './loss-by-chain.ts'
import { type LossSheet, lossSheet, totalLoss } from './loss-sheet.ts'
import { calm, drawn } from './shock.ts'
import type { Trials } from './trial.ts'
import { type Wave, waveOf } from './wave.ts'

export interface SeedLoss {
  readonly seed: number
  readonly sheet: LossSheet
  readonly total: bigint
  readonly byChain: readonly ChainLoss[]
  /** Solvers with less than nothing in the end. */
  readonly insolvent: readonly string[]
}

export interface LossStudy {
  /** In the order of the seeds. */
  readonly runs: readonly SeedLoss[]
  /** Totals in the numeraire, at this confidence. */
  readonly distribution: LossDistribution
  readonly confidence: number
  /** Of the first seed. */
  readonly wave: Wave
  /** Of the first seed. */
  readonly falls: readonly FallSummary[]
  /** Of the first seed. */
  readonly exposures: ExposureGraph | null
}

export const CONFIDENCE = 0.95
const E8 = 1e8

/** Losses of the shock on the seeds `first`, `first + 1`, …; each beside the same run without it. */
export function studyLosses(scenario: Scenario, seeds: readonly number[], trials: Trials): LossStudy {
  const runs = seeds.map((seed) => lossOf(scenario, seed, trials))
  const losses = runs.map(({ total }) => Number(total) / E8)
  const first = trials.run(drawn(scenario, seeds[0]!), seeds[0]!)
  return {
    runs,
    falls: cascadeSummary(first.exposures),
    exposures: exposureGraph(first.exposures),
    distribution: lossDistribution(losses, CONFIDENCE),
    confidence: CONFIDENCE,
    wave: waveOf(first),
  }
}

function lossOf(written: Scenario, seed: number, trials: Trials): SeedLoss {
  const scenario = drawn(written, seed)
  const shocked = trials.run(scenario, seed)
  const quiet = trials.run(calm(scenario), seed)
  const sheet = lossSheet(quiet, shocked)
  const total = totalLoss(sheet)
  const insolvent = shocked.report.solvers.filter((solver) => solver.insolvent).map(({ node }) => node)
  return { seed, sheet, total, byChain: lossByChain(quiet, shocked, total), insolvent }
}

/** Attributions of all seeds. */
export function studyChannels(scenario: Scenario, seeds: readonly number[], trials: Trials): Attribution[] {
  return seeds.map((seed) => attribute(scenario, seed, trials))
}
