// The shape of what a file says about its auctioneers: the disciplines that they keep. docs/models/auctions.md.
import { houseDisciplines } from '@solvent/nodes'
import { z } from 'zod'

export const auctionTermsSchema = z.strictObject({
  /** Who may bid, by how earlier awards were kept. */
  disciplines: z.array(z.enum(houseDisciplines)).max(houseDisciplines.length).default([]),
})
