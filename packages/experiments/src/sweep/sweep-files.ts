// The files of a sweep's results directory by name, and their bytes.
import { createHash } from 'node:crypto'
import type { Disk } from '../durable/disk.ts'
import { writeDurable } from '../durable/durable-file.ts'
import type { SweepPlan } from './sweep-plan.ts'

export const PLAN = 'plan.json'
export const MANIFEST = 'manifest.json'
export const SUMMARY = 'summary.json'
/** Directory of the tables. */
export const TABLES = 'tables'
export const SUMS = 'SHA256SUMS'
export const COMPLETE = 'COMPLETE'

/** Bytes of plan.json. */
export function planJson(plan: SweepPlan): string {
  return fileJson(plan)
}

export function fileJson(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** What stands in a file, or else what is written there now. */
export async function settled(disk: Disk, path: string, content: string): Promise<string> {
  try {
    return new TextDecoder().decode(await disk.read(path))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
  }
  await writeDurable(disk, path, content)
  return content
}
