// Private reports as files: a commitment for everyone, a file of proofs for each counterparty.
import { type ProofFile, proofFileSchema, type ReportFile, reportFileSchema } from '@solvent/contagion'
import type { z } from 'zod'
import { readRegularFile } from '../files/regular-file.ts'
import { networkError, parsed } from '../networks/network-error.ts'

export interface FileAsNamed {
  readonly path: string
  /** As the person wrote it. */
  readonly shownAs: string
}

/** A thousand proofs of the deepest tree, with room. */
const MOST_BYTES = 64 * 1_048_576

/** @throws SolventError E_NO_FILE, E_NOT_A_FILE, E_FILE, or E_NETWORK for what stands in it */
export function readReportFile(file: FileAsNamed): Promise<ReportFile> {
  return readAs(file, reportFileSchema)
}

/** @throws SolventError as {@link readReportFile} */
export function readProofFile(file: FileAsNamed): Promise<ProofFile> {
  return readAs(file, proofFileSchema)
}

/** JSON with amounts as decimal texts; stable bytes. */
export function reportText(file: ReportFile | ProofFile): string {
  return `${JSON.stringify(file, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 1)}\n`
}

async function readAs<T>({ path, shownAs }: FileAsNamed, schema: z.ZodType<T>): Promise<T> {
  const bytes = await readRegularFile(path, { mostBytes: MOST_BYTES, shownAs })
  if (bytes.length > MOST_BYTES) throw networkError(shownAs, [`the file is larger than ${MOST_BYTES} bytes`])
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw networkError(shownAs, ['the file is not JSON'])
  }
  return parsed(shownAs, schema, value)
}
