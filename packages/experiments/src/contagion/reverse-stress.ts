// The smallest shock that breaks a target: by amount, on which bridge, at which hour.
import { type SmallestBreak, smallestBreak } from '@solvent/contagion'
import { isSolventError } from '@solvent/primitives'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { impossibility } from './possible.ts'
import { calm, drawn, shockAtSeconds } from './shock.ts'
import { struckElsewhere } from './shock-elsewhere.ts'
import { movedShock, scaledShock } from './shock-sizes.ts'
import type { Target } from './targets.ts'
import type { Trials } from './trial.ts'

export interface ReverseStress {
  readonly target: Target
  /** Largest multiple of the file's shock that was tried. */
  readonly most: number
  /** Smallest multiple by seed. */
  readonly bySeed: readonly { readonly seed: number; readonly found: SmallestBreak }[]
  /** Smallest multiple on the first seed when the shock strikes elsewhere. */
  readonly byBridge: readonly { readonly place: string; readonly found: SmallestBreak }[]
  /** On the first seed, when the shock comes at another time; without moments at which the answers that the file gives to it break an invariant. */
  readonly byTime: readonly { readonly atSeconds: number; readonly found: SmallestBreak }[]
}

/** A shock may be made this much larger than the file's. */
const MOST = 2
const SEARCH = { intervals: 4, halvings: 5 } as const
/** Where only the order of magnitude is asked for. */
const COARSE = { intervals: 4, halvings: 2 } as const
/** Moments that are tried, evenly spread over the run. */
const MOMENTS = 4

export function reverseStress(
  written: Scenario,
  target: Target,
  seeds: readonly number[],
  trials: Trials,
): ReverseStress {
  const search = (shocked: Scenario, seed: number, detail: typeof SEARCH | typeof COARSE): SmallestBreak =>
    smallestBreak({
      from: 0,
      to: MOST,
      ...detail,
      // No shock calls for no answer either: nobody pauses, and no loss is shared that is none.
      breaks: (size) =>
        target.isBroken(trials.run(size === 0 ? calm(shocked) : scaledShock(shocked, size), seed)),
    })
  const first = seeds[0]!
  const scenario = drawn(written, first)
  return {
    target,
    most: MOST,
    bySeed: seeds.map((seed) => ({ seed, found: search(drawn(written, seed), seed, SEARCH) })),
    byBridge: struckElsewhere(scenario)
      .filter((each) => impossibility(each.scenario) === null)
      .flatMap(({ place, scenario: elsewhere }) => {
        const found = unlessBroken(() => search(elsewhere, first, COARSE))
        return found === null ? [] : [{ place, found }]
      }),
    byTime: moments(scenario).flatMap((atSeconds) => {
      const found = unlessBroken(() => search(movedShock(scenario, atSeconds), first, COARSE))
      return found === null ? [] : [{ atSeconds, found }]
    }),
  }
}

/**
 * Null where a run breaks an invariant: no bridge of that kind can be struck so, or an answer that the file gives to the shock is
 * wrong without it (an issuer shares a loss by a count of claims from before).
 */
function unlessBroken<T>(attempt: () => T): T | null {
  try {
    return attempt()
  } catch (error) {
    if (isSolventError(error) && error.code === 'E_INVARIANT') return null
    throw error
  }
}

/** Evenly over the run, none where the shock would not be over. */
function moments(scenario: Scenario): number[] {
  const { durationSeconds } = scenario
  const first = shockAtSeconds(scenario) ?? 0
  const spread = Array.from({ length: MOMENTS }, (_, at) =>
    Math.round((durationSeconds * (at + 0.5)) / MOMENTS),
  )
  return spread.filter((atSeconds) => atSeconds !== first)
}
