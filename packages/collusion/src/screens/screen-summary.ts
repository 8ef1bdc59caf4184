// The screens of many tenders in one line each: how many tenders have it, and its mean, median and spread.
import { meanOf, medianOf, standardDeviationOf } from '../statistics/moments.ts'
import { SCREENS, type ScreenName, type Screens } from './tender-screens.ts'

export interface ScreenSummary {
  /** Tenders in which the screen is not null. */
  readonly count: number
  readonly mean: number | null
  readonly median: number | null
  /** Null below two tenders. */
  readonly sd: number | null
}

export function summaryOfScreens(tenders: readonly Screens[]): Readonly<Record<ScreenName, ScreenSummary>> {
  return Object.fromEntries(SCREENS.map((name) => [name, summaryOf(valuesOf(tenders, name))])) as Record<
    ScreenName,
    ScreenSummary
  >
}

/** A screen's values, without the tenders in which it is null. */
export function valuesOf(tenders: readonly Screens[], name: ScreenName): number[] {
  return tenders.flatMap((screens) => screens[name] ?? [])
}

function summaryOf(values: readonly number[]): ScreenSummary {
  const some = (value: number) => (Number.isNaN(value) ? null : value)
  return {
    count: values.length,
    mean: some(meanOf(values)),
    median: some(medianOf(values)),
    sd: values.length > 1 ? standardDeviationOf(values) : null,
  }
}
