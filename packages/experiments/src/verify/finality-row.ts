// One published time beside the simulated one.
import type { FinalityMeasure, PublishedTime } from '../scenario/presets/chain-preset.ts'

/** How firm a block is, or where value that left with it has arrived. */
export type TimedMeasure = FinalityMeasure | 'minted'

/** One published time of one named chain. Times in seconds. */
export interface FinalityRow {
  readonly preset: string
  readonly measure: TimedMeasure
  readonly published: { readonly says: string; readonly from: number; readonly to: number }
  /** Over the blocks or transfers of the run; null when none got there. */
  readonly simulated: SimulatedTimes | null
  /** The median lies between the published times. */
  readonly ok: boolean
  /** Why the median lies outside, where that is known; null where it has to lie within. */
  readonly reason: string | null
}

interface SimulatedTimes {
  readonly min: number
  readonly median: number
  readonly max: number
}

export function finalityRow(
  preset: string,
  measure: TimedMeasure,
  { says, fromSeconds, toSeconds }: Omit<PublishedTime, 'measure'>,
  simulated: SimulatedTimes | null,
  reason: string | null = null,
): FinalityRow {
  const ok = simulated !== null && simulated.median >= fromSeconds && simulated.median <= toSeconds
  return { preset, measure, published: { says, from: fromSeconds, to: toSeconds }, simulated, ok, reason }
}
