// The shape of what a file says about its auctioneers: the disciplines that they keep. docs/models/auctions.md.
import { houseDisciplines } from '@solvent/nodes'
import { z } from 'zod'
import { bps, decimal, name, symbol, whole } from './schema-scalars.ts'

export const auctionTermsSchema = z.strictObject({
  /** Who may bid, by how earlier awards were kept. */
  disciplines: z.array(z.enum(houseDisciplines)).max(houseDisciplines.length).default([]),
  /** How much the record counts in auctions that select by reputation: 0 not at all, 1000000 by expected surplus. */
  recordPpm: whole(0, 1_000_000).optional(),
  /** Of this share of the orders the shield leaks: these solvers hear of others' bids before the close. */
  leak: z.strictObject({ ppm: whole(0, 1_000_000), to: z.array(name).min(1).max(64) }).optional(),
  /** The first `members` auctioneers open sealed-encrypted bids, `threshold` of them together; `colluding` of them do so before the close. */
  committee: z
    .strictObject({ members: whole(1, 16), threshold: whole(1, 16), colluding: whole(0, 16).default(0) })
    .optional(),
  /** What solvers must have at stake to bid, and what they lose of it to users. */
  bonds: z
    .strictObject({
      chain: name,
      asset: symbol,
      /** What must be left of a bond, whole units; what a solver posts that does not say. */
      least: decimal,
      slashBps: bps.default(1_000),
      deposit: decimal.default('0'),
      denySeconds: whole(0, 31_536_000).default(0),
      /** Rivals may hold their bids against fills that were worse; absent: they may not. CoW's EBBO: 72 h. */
      benchmark: z
        .strictObject({
          challengeSeconds: whole(1, 31_536_000).default(259_200),
          toleranceBps: bps.default(0),
        })
        .optional(),
    })
    .optional(),
  /** What the winners of batches are paid, in the gas asset. */
  rewards: z
    .strictObject({
      chain: name,
      /** The protocol's fee, as a share of the score, of which `capBps` caps a reward. */
      feeBps: bps.default(5_000),
      capBps: bps.default(5_000),
      /** Who pays the fee, in the output's token; left out: nobody, and it only caps rewards. */
      feesPaidBy: z.enum(['winners']).optional(),
      /** The most that a solver can lose by a batch, numeraire. */
      mostPenalty: decimal.default('20'),
      /** How often what caps have left is shared among solvers by consistency; left out: never. */
      consistencySeconds: whole(60, 31_536_000).optional(),
    })
    .optional(),
})
