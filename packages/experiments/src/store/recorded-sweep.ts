// A sweep's directory, read by somebody who is not its writer and takes no lock: also while it runs, when its last record may be
// half written.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SolventError } from '@solvent/primitives'
import { lineAt } from '../durable/record-line.ts'
import { readRegularFile } from '../files/regular-file.ts'
import type { RunRecord } from '../sweep/run-record.ts'
import { COMPLETE, MANIFEST, PLAN } from '../sweep/sweep-files.ts'
import type { SweepManifest } from '../sweep/sweep-manifest.ts'
import type { SweepPlan } from '../sweep/sweep-plan.ts'

const MOST_FILE_BYTES = 1_024 * 1_048_576
const LF = 0x0a

export interface BegunSweep {
  readonly plan: SweepPlan
  /** Null of one that was killed as it began. */
  readonly manifest: SweepManifest | null
  /** What COMPLETE says: the SHA-256 of the sums of all files; null while it is not there. */
  readonly seal: string | null
  readonly isComplete: boolean
}

/** A sweep as its directory has it. */
export interface RecordedSweep extends BegunSweep {
  readonly records: readonly RunRecord[]
}

/**
 * Reads a sweep's directory, finished or not.
 *
 * @returns null when the directory is not one of a sweep
 * @throws SolventError E_RESULTS when a record is damaged that is not the last
 */
export async function readRecords(directory: string): Promise<RecordedSweep | null> {
  const begun = await readBegunSweep(directory)
  if (begun === null) return null
  const names = await readdir(directory)
  const segments = names.filter((name) => /^seg-\d{5}\.jsonl$/.test(name)).sort()
  const records = new Map<number, RunRecord>()
  for (const [place, name] of segments.entries()) {
    const bytes = await readRegularFile(join(directory, name), { mostBytes: MOST_FILE_BYTES })
    for (let at = 0, number = 1; at < bytes.length; number++) {
      const line = lineAt(bytes, at)
      // What the writer has not finished yet.
      if (line === null && place === segments.length - 1 && !bytes.subarray(at, -1).includes(LF)) break
      if (line === null)
        throw new SolventError({
          code: 'E_RESULTS',
          message: 'A record of the sweep is damaged.',
          details: { directory, file: name, line: number },
        })
      // The first line says what the records belong to.
      if (number > 1) {
        const record = JSON.parse(line.json) as RunRecord
        records.set(record.index, record)
      }
      at = line.end
    }
  }
  const sorted = [...records.values()].sort((a, b) => a.index - b.index)
  return { ...begun, records: sorted }
}

/**
 * What a directory's sweep is to do, and whether it is done.
 *
 * @returns null when the directory is not one of a sweep
 */
export async function readBegunSweep(directory: string): Promise<BegunSweep | null> {
  const plan = await parsed<SweepPlan>(directory, PLAN)
  if (plan?.format !== 'solvent-sweep-plan/1') return null
  const seal = (await textOf(directory, COMPLETE))?.trim() ?? null
  const manifest = await parsed<SweepManifest>(directory, MANIFEST)
  return { plan, manifest, seal, isComplete: seal !== null }
}

async function parsed<T>(directory: string, name: string): Promise<T | null> {
  try {
    return JSON.parse((await textOf(directory, name)) ?? '') as T
  } catch {
    return null
  }
}

/** Null when it cannot be read. */
async function textOf(directory: string, name: string): Promise<string | null> {
  try {
    const bytes = await readRegularFile(join(directory, name), { mostBytes: MOST_FILE_BYTES })
    return new TextDecoder().decode(bytes)
  } catch {
    return null
  }
}
