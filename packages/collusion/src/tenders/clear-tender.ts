// Which way a study's tenders are cleared.
import type { Discipline } from '@solvent/mechanisms'
import { exactClearing } from './exact-clearing.ts'
import { isSealedOnly, sealedClearing } from './sealed-clearing.ts'
import type { TenderClearing } from './tender-clearing.ts'
import type { TenderStudy } from './tender-study.ts'

/** The fast way where all that counts is who asks for least; the mechanism itself for races, batches, records and whoever fades. */
export function createClearing(study: TenderStudy, disciplines: readonly Discipline[]): TenderClearing {
  const exact = exactClearing(study, disciplines)
  if (!isSealedOnly(study)) return exact
  const sealed = sealedClearing(study)
  return {
    clear(drawn, bids, into) {
      for (let bidder = 0; bidder < bids.fades.length; bidder++)
        if (bids.fades[bidder] === 1) return exact.clear(drawn, bids, into)
      sealed.clear(drawn, bids, into)
    },
  }
}
