/** The schemas of reports as files: amounts are decimal texts of 10⁻⁸ of the unit of account. */
import type { Hash32 } from '@solvent/primitives'
import { z } from 'zod'
import { MAX_AMOUNT_E8, type Position, REPORT_LAYERS, type ReportLayer, SIDES } from './position.ts'
import type { InclusionProof, ReportCommitment } from './private-report.ts'
import { MAX_DEPTH } from './sum-tree.ts'

const id = z.string().min(1).max(100)
const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/, 'must be 0x and 64 hexadecimal digits')
  .transform((text) => text as Hash32)
const amount = z
  .string()
  .regex(/^\d{1,39}$/, 'must be a whole number in quotes, without a sign')
  .transform(BigInt)
  .refine((value) => value <= MAX_AMOUNT_E8, 'must be at most 2^127 − 1')
const layer = z.enum(REPORT_LAYERS as [ReportLayer, ...ReportLayer[]])
const layers = z.partialRecord(layer, amount)
const sums = z.strictObject({ owns: layers, owes: layers })
const atMs = z.int().min(0)

const position = z.strictObject({ side: z.enum(SIDES), counterparty: id, layer, amountE8: amount })

/** A commitment that was published. */
export const reportFileSchema = z.strictObject({
  format: z.literal('solvent-report'),
  version: z.literal(1),
  reporter: id,
  atMs,
  depth: z.int().min(0).max(MAX_DEPTH),
  sums,
  root: hash,
})

/** What one counterparty was given. */
export const proofFileSchema = z.strictObject({
  format: z.literal('solvent-report-proof'),
  version: z.literal(1),
  reporter: id,
  atMs,
  proofs: z
    .array(
      z.strictObject({
        index: z.int().min(0),
        salt: hash,
        position,
        path: z.array(z.strictObject({ hash, sums })).max(MAX_DEPTH),
      }),
    )
    .min(1)
    .max(1_000),
})

export type ReportFile = z.output<typeof reportFileSchema>
export type ProofFile = z.output<typeof proofFileSchema>

export function reportFile(commitment: ReportCommitment): ReportFile {
  return { format: 'solvent-report', version: 1, ...commitment }
}

export function proofFile(
  { reporter, atMs }: ReportCommitment,
  proofs: readonly InclusionProof[],
): ProofFile {
  const listed = proofs.map(({ path, position: shown, ...proof }) => ({
    ...proof,
    position: { ...shown } satisfies Position,
    path: [...path],
  }))
  return { format: 'solvent-report-proof', version: 1, reporter, atMs, proofs: listed }
}
