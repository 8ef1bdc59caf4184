// One sweep of its parts: their records, gathered into a new directory, and then the results, with the bytes that a sweep on
// one machine has.
import { resolve } from 'node:path'
import { type Disk, nodeDisk } from '../durable/disk.ts'
import { readSegments } from '../durable/segment-log.ts'
import { storeForeign } from '../durable/store-error.ts'
import { makeParents } from '../results/results-place.ts'
import { sweepParquet } from '../store/sweep-parquet.ts'
import type { EngineFacts } from './engine-facts.ts'
import { finishSweep } from './finish-sweep.ts'
import { readComplete } from './open-sweep.ts'
import { batchOf } from './record-batch.ts'
import type { RunRecord } from './run-record.ts'
import { COMPLETE } from './sweep-files.ts'
import type { SweepManifest } from './sweep-manifest.ts'
import { SweepStore } from './sweep-store.ts'
import type { SweepSummary } from './sweep-summary.ts'

/** Records that are written together. */
const MERGED_TOGETHER = 256

export interface MergeRequest {
  /** A new directory. */
  readonly directory: string
  /** The directories of all parts, in any order. */
  readonly shards: readonly string[]
}

/**
 * Merges the parts of one sweep.
 *
 * @throws SolventError E_STORE_FOREIGN when a part is missing, unfinished, given twice or of another sweep; E_STORE_DAMAGED;
 *   E_STORE_WRITE
 */
export async function mergeShards(request: MergeRequest): Promise<SweepSummary> {
  const disk: Disk = nodeDisk
  const directory = resolve(request.directory)
  const shards = request.shards.map((shard) => resolve(shard))
  const parts = await Promise.all(shards.map((shard) => partOf(disk, shard)))
  const [first] = parts
  if (first === undefined) throw storeForeign(directory, 'There is nothing to merge.')
  refuseMixed(directory, parts)
  await makeParents(directory)
  const { engine, commit, lockfile, node, platform, startedAt } = first.manifest
  const facts: EngineFacts = { engine, commit, lockfile, node, platform }
  const store = await SweepStore.create({ disk, directory, plan: first.plan, facts, shard: null, startedAt })
  try {
    for (const shard of shards) {
      const commits: Promise<void>[] = []
      const records: RunRecord[] = []
      const hand = () => commits.push(store.append(batchOf(records.splice(0))))
      await readSegments(disk, shard, (json, { offset }) => {
        if (offset > 0) records.push(JSON.parse(json) as RunRecord)
        if (records.length === MERGED_TOGETHER) hand()
      })
      hand()
      store.flush()
      await Promise.all(commits)
    }
    await store.seal()
    return await finishSweep(first.plan, store, sweepParquet)
  } finally {
    await store.close()
  }
}

async function partOf(disk: Disk, shard: string) {
  await disk.size(`${shard}/${COMPLETE}`).catch(() => {
    throw storeForeign(shard, 'This part of the sweep is not complete.', {}, 'Go on with it: --resume.')
  })
  return { shard, ...(await readComplete(disk, shard)) }
}

function refuseMixed(
  directory: string,
  parts: readonly { readonly shard: string; readonly manifest: SweepManifest }[],
): void {
  const [first] = parts
  const same = ({ shard: _, startedAt: __, ...rest }: SweepManifest) => JSON.stringify(rest)
  for (const { shard, manifest } of parts) {
    if (manifest.shard === null) throw storeForeign(directory, 'A whole sweep is no part of one.', { shard })
    if (same(manifest) !== same(first!.manifest) || manifest.shard.of !== first!.manifest.shard!.of)
      throw storeForeign(directory, 'The parts are not of one sweep and engine.', { shard })
  }
  const given = parts.map(({ manifest }) => manifest.shard!.index)
  const wanted = Array.from({ length: first!.manifest.shard!.of }, (_, index) => index)
  const missing = wanted.filter((index) => !given.includes(index))
  if (missing.length > 0 || given.length > wanted.length)
    throw storeForeign(
      directory,
      'The parts do not make a whole.',
      {
        given: given.map((index) => `${index + 1}/${wanted.length}`),
        missing: missing.map((index) => `${index + 1}/${wanted.length}`),
      },
      'Name the directory of every part, each once.',
    )
}
