// How well the watcher's warnings foretell failures: lead time against false alarms, by the level at which one would have acted.
import { fallsOf } from '@solvent/contagion'
import { warningLevels, warningSignals } from '@solvent/nodes'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { calm, drawn, shockAtSeconds } from './shock.ts'
import type { Trial, Trials } from './trial.ts'
import { type Alarm, type TunedWarning, tunedWarning, type WarnedPair } from './tuned-warning.ts'
import { waveOf } from './wave.ts'

export interface EarlyWarning {
  /** How often the watcher looked. */
  readonly everySeconds: number
  /** Runs with the shock, and as many without. */
  readonly runs: number
  /** Any signal. */
  readonly any: WarningCurve
  /** Each signal by itself. */
  readonly signals: readonly ({ readonly signal: string } & WarningCurve)[]
  /** With a level for each signal; null for fewer than four seeds. */
  readonly tuned: TunedWarning | null
}

export interface WarningCurve {
  /** From the lowest level to the highest. */
  readonly points: readonly WarningPoint[]
  /** Area under detections over false alarms; 0.5 is chance, 1 perfect. */
  readonly area: number
}

export interface WarningPoint {
  readonly level: number
  /** Share of the runs with a shock in which the level was passed after the shock and before the first failure. */
  readonly detected: number
  /** Share of the runs without a shock in which it was passed at all. */
  readonly falseAlarms: number
  /** Mean time from the warning to the first failure, where there was one; null without any. */
  readonly leadSeconds: number | null
}

/** Looked at most this many times in a run. */
const LOOKS = 240
const LEAST_SECONDS = 10

/** The scenario with warnings on; they change nothing in a run. */
export function watched(scenario: Scenario): Scenario {
  const everySeconds = Math.max(LEAST_SECONDS, Math.ceil(scenario.durationSeconds / LOOKS))
  return { ...scenario, warnings: scenario.warnings ?? { everySeconds: Math.min(86_400, everySeconds) } }
}

/** @param written with warnings on */
export function studyWarnings(written: Scenario, seeds: readonly number[], trials: Trials): EarlyWarning {
  const pairs = seeds.map((seed) => {
    const scenario = drawn(written, seed)
    const shocked = trials.run(scenario, seed)
    return {
      shockAt: shockAtSeconds(scenario) ?? 0,
      failsAt: firstFailure(shocked),
      shocked: alarmsOf(shocked),
      quiet: alarmsOf(trials.run(calm(scenario), seed)),
    }
  })
  const curve = (signal: string | null): WarningCurve => {
    const points = warningLevels.map((level) => pointAt(level, signal, pairs))
    return { points, area: areaUnder(points) }
  }
  return {
    everySeconds: written.warnings?.everySeconds ?? 0,
    runs: seeds.length,
    any: curve(null),
    signals: warningSignals.map((signal) => ({ signal, ...curve(signal) })),
    tuned: tunedWarning(pairs),
  }
}

function pointAt(level: number, signal: string | null, pairs: readonly WarnedPair[]): WarningPoint {
  const passes = (alarm: Alarm) => alarm.level >= level && (signal === null || alarm.signal === signal)
  const leads = pairs.flatMap(({ shockAt, failsAt, shocked }) => {
    const first = shocked.find((alarm) => passes(alarm) && alarm.atSeconds >= shockAt)
    return first !== undefined && first.atSeconds < failsAt ? [failsAt - first.atSeconds] : []
  })
  const alarmed = pairs.filter(({ quiet }) => quiet.some(passes)).length
  return {
    level,
    detected: leads.length / pairs.length,
    falseAlarms: alarmed / pairs.length,
    leadSeconds: leads.length === 0 ? null : leads.reduce((sum, lead) => sum + lead, 0) / leads.length,
  }
}

/** By trapezoids, from no alarm at all to alarms in every run. */
export function areaUnder(points: readonly Pick<WarningPoint, 'detected' | 'falseAlarms'>[]): number {
  const curve = [{ detected: 0, falseAlarms: 0 }, ...points.toReversed(), { detected: 1, falseAlarms: 1 }]
  return curve.slice(1).reduce((area, { detected, falseAlarms }, at) => {
    const before = curve[at]!
    return area + ((falseAlarms - before.falseAlarms) * (detected + before.detected)) / 2
  }, 0)
}

/** The first receivable that strands, or the first fall that others caused; else the end of the run. */
function firstFailure(trial: Trial): number {
  const stranded = waveOf(trial).steps.filter(({ kind }) => kind !== 'shock')
  const fallen = fallsOf(trial.exposures).filter(({ round }) => round > 1)
  return Math.min(
    trial.plan.durationMs / 1_000,
    ...stranded.map(({ atSeconds }) => atSeconds),
    ...fallen.map(({ atMs }) => atMs / 1_000),
  )
}

function alarmsOf({ events }: Trial): Alarm[] {
  return events.flatMap(({ atSeconds, event }) =>
    event.kind === 'anomaly' ? [{ atSeconds, signal: event.signal, level: event.level }] : [],
  )
}
