// The outages' part of a run's summary; expectations reach it as `outages[base@300].blocks`.
import type { RunReport } from '@solvent/nodes'
import { msToSeconds } from '@solvent/primitives'

export interface OutageSummary {
  /** `<chain>@<seconds after the start>`. */
  readonly id: string
  readonly mode: string
  /** The nodes that failed, of so many producers of the chain. */
  readonly failed: readonly string[]
  readonly ofProducers: number
  readonly seconds: number
  /** Of the followed branch, in that time. */
  readonly blocks: number
  readonly transactions: number
  /** Seconds: the longest time without a block that overlaps it, as blocks tell it; null when none came after it. */
  readonly longestGap: number | null
  /** Seconds from its end to the next block; null when none came. */
  readonly resumedAfter: number | null
  /** Transactions in the first two minutes after it. */
  readonly flood: number
  /** Orders to be filled there by a moment of the outage, and how many never were. */
  readonly fillsDue: number
  readonly fillsMissed: number
}

export function outageSummaries({ outages, chains, genesisMs }: RunReport): readonly OutageSummary[] {
  return outages.map((outage) => {
    const chain = chains.find(({ chainId }) => chainId === outage.chainId)
    return {
      id: `${chain?.name}@${msToSeconds(outage.fromMs - genesisMs)}`,
      mode: outage.mode,
      failed: outage.producers,
      ofProducers: outage.ofProducers,
      seconds: msToSeconds(outage.untilMs - outage.fromMs),
      blocks: outage.blocks,
      transactions: outage.transactions,
      longestGap: outage.longestGapSeconds,
      resumedAfter: outage.resumedAfterSeconds,
      flood: outage.flood,
      fillsDue: outage.fillsDue,
      fillsMissed: outage.fillsMissed,
    }
  })
}
