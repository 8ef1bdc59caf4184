// A warning with a level of its own for each signal: the lowest at which the calm runs of half the seeds are seldom alarmed, judged on the other half.
import { warningLevels, warningSignals } from '@solvent/nodes'

export interface Alarm {
  readonly atSeconds: number
  readonly signal: string
  readonly level: number
}

/** A run with the shock and the same without it, on the same random numbers. */
export interface WarnedPair {
  readonly shockAt: number
  readonly failsAt: number
  readonly shocked: readonly Alarm[]
  readonly quiet: readonly Alarm[]
}

export interface TunedWarning {
  /** Null for a signal that no level keeps quiet. */
  readonly levels: readonly { readonly signal: string; readonly level: number | null }[]
  /** Pairs that it was judged on, none of which set the levels. */
  readonly runs: number
  readonly detected: number
  readonly falseAlarms: number
  /** From the warning to the first failure; null without any detection. */
  readonly leadSeconds: { readonly least: number; readonly median: number; readonly most: number } | null
}

/** Of the calm runs that a signal may alarm while its level is set. */
const TOLERATED = 0.05
/** Pairs without which there are no two halves to speak of. */
const LEAST_PAIRS = 4

/** Null for fewer than four pairs. */
export function tunedWarning(pairs: readonly WarnedPair[]): TunedWarning | null {
  if (pairs.length < LEAST_PAIRS) return null
  const middle = Math.ceil(pairs.length / 2)
  const [learned, judged] = [pairs.slice(0, middle), pairs.slice(middle)]
  const levels = warningSignals.map((signal) => ({
    signal,
    level: warningLevels.find((level) => isQuietAt(signal, level, learned)) ?? null,
  }))
  const levelOf = new Map<string, number | null>(levels.map(({ signal, level }) => [signal, level]))
  const passes = ({ signal, level }: Alarm): boolean => {
    const needed = levelOf.get(signal) ?? null
    return needed !== null && level >= needed
  }
  const leads = judged
    .flatMap(({ shockAt, failsAt, shocked }) => {
      const first = shocked.find((alarm) => passes(alarm) && alarm.atSeconds >= shockAt)
      return first !== undefined && first.atSeconds < failsAt ? [failsAt - first.atSeconds] : []
    })
    .sort((a, b) => a - b)
  return {
    levels,
    runs: judged.length,
    detected: leads.length / judged.length,
    falseAlarms: judged.filter(({ quiet }) => quiet.some(passes)).length / judged.length,
    leadSeconds:
      leads.length === 0
        ? null
        : { least: leads[0]!, median: leads[Math.floor((leads.length - 1) / 2)]!, most: leads.at(-1)! },
  }
}

function isQuietAt(signal: string, level: number, pairs: readonly WarnedPair[]): boolean {
  const alarmed = pairs.filter(({ quiet }) =>
    quiet.some((alarm) => alarm.signal === signal && alarm.level >= level),
  )
  return alarmed.length <= TOLERATED * pairs.length
}
