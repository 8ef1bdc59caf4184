// The disciplines that an auctioneer may keep, by the name a scenario gives them, and how often each judges.
import { type Discipline, FadeBreaker, Reputation } from '@solvent/mechanisms'

export const houseDisciplines = ['fade-breaker', 'reputation'] as const
export type HouseDiscipline = (typeof houseDisciplines)[number]

/** How often the fade breaker runs (UniswapX: every ten minutes), seconds since genesis. */
export const JUDGING_SECONDS = 600

export interface KeptDiscipline extends Discipline {
  /** Judges what was recorded; called at every multiple of `JUDGING_SECONDS`. Absent: it judges as it records. */
  run?(nowSeconds: number): void
}

export function keepDiscipline(name: HouseDiscipline): KeptDiscipline {
  return name === 'fade-breaker' ? new FadeBreaker() : new Reputation()
}
