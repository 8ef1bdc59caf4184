// The shape of steps at an authority at which holders of a token vote.
import { voteSupports } from '@solvent/protocol'
import { z } from 'zod'
import { termsFields } from '../controls/terms-fields.ts'
import { lentAsset } from '../lending/lent-asset-schema.ts'
import { name, whole } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const proposeTerms = z.strictObject({
  do: z.literal('propose-terms'),
  ...stepBase,
  authority: name,
  /** Of the authority, and a reserve of it. */
  pool: name,
  asset: lentAsset,
  ...termsFields,
})

/** Proposals count from 0 at each authority. */
const ofProposal = { authority: name, proposal: whole(0, 1_000_000) }
const vote = z.strictObject({
  do: z.literal('vote'),
  ...stepBase,
  ...ofProposal,
  support: z.enum(voteSupports).default('for'),
})
const enact = z.strictObject({ do: z.literal('enact'), ...stepBase, ...ofProposal })

export const authorityStepSchemas = [proposeTerms, vote, enact] as const
