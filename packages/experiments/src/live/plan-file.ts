// The plan of a live network on disk, beside its network file: canonical bytes, written by the launcher, read by every
// node and by operators.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { NetworkPlan } from '../assembly/network-plan.ts'

export const PLAN_FILE = 'plan.cbor'

const MOST_PLAN_BYTES = 64 * 1024 * 1024
const MOST_PLAN_DEPTH = 32

export async function writePlan(directory: string, plan: NetworkPlan): Promise<void> {
  await writeFile(join(directory, PLAN_FILE), encodeCanonical(plan, { maxDepth: MOST_PLAN_DEPTH }), {
    mode: 0o600,
  })
}

/** The plan that a launcher wrote. */
export async function readPlan(file: string): Promise<NetworkPlan> {
  return decodeCanonical(await readFile(file), {
    maxBytes: MOST_PLAN_BYTES,
    maxDepth: MOST_PLAN_DEPTH,
  }) as unknown as NetworkPlan
}
