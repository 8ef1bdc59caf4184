// A sweep from where a person stands: a new directory, or one to go on with; run, finished, and what came of it.
import { resolve } from 'node:path'
import { isSolventError } from '@solvent/primitives'
import { type Disk, nodeDisk } from '../durable/disk.ts'
import { storeDamaged, storeForeign } from '../durable/store-error.ts'
import { makeParents } from '../results/results-place.ts'
import { type EngineFacts, engineFacts } from './engine-facts.ts'
import type { Executor } from './executor.ts'
import type { CreateSweepTables } from './finish-sweep.ts'
import { runSweep, type SweepProgress } from './run-sweep.ts'
import { Schedule } from './schedule.ts'
import { inShard } from './shard.ts'
import { COMPLETE, MANIFEST, PLAN, SUMMARY, SUMS, sha256 } from './sweep-files.ts'
import type { Shard, SweepManifest } from './sweep-manifest.ts'
import type { SweepPlan } from './sweep-plan.ts'
import { SweepStore } from './sweep-store.ts'
import type { SweepSummary } from './sweep-summary.ts'
import { unmetNames } from './unmet-names.ts'

export interface SweepRequest {
  readonly directory: string
  /** Null: the plan in the directory. */
  readonly plan: SweepPlan | null
  readonly how: 'create' | 'resume'
  /** Only this part of the runs; its directory is made for merging and has no summary. */
  readonly shard?: Shard | undefined
  /** Made when there is something left to run. */
  readonly createExecutor: (plan: SweepPlan, engine: string) => Executor
  readonly onProgress?: ((progress: SweepProgress) => void) | undefined
  readonly onNote?: ((line: string) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Default: this machine's. */
  readonly disk?: Disk | undefined
  /** Default: this engine's. */
  readonly facts?: EngineFacts | undefined
  readonly segmentBytes?: number | undefined
  /** Default: Parquet. */
  readonly createTables?: CreateSweepTables | undefined
}

/**
 * Runs a sweep to its end and writes its results.
 *
 * @throws SolventError E_STORE_FOREIGN, E_STORE_ENGINE, E_STORE_DAMAGED, E_STORE_LOCKED, E_STORE_WRITE,
 *   E_RECORD_CONFLICT, E_INVARIANT; what the signal was aborted with
 */
export async function sweep(request: SweepRequest & { readonly shard?: undefined }): Promise<SweepSummary>
export async function sweep(request: SweepRequest): Promise<SweepSummary | null>
export async function sweep(request: SweepRequest): Promise<SweepSummary | null> {
  const { disk = nodeDisk, facts = engineFacts(), how, onNote, onProgress, segmentBytes, signal } = request
  const directory = resolve(request.directory)
  if (how === 'resume' && request.plan === null && !(await exists(disk, directory, PLAN)))
    throw storeForeign(directory, 'There is no sweep to go on with.', {}, 'Begin one with --out.')
  if (how === 'resume' && (await exists(disk, directory, COMPLETE))) {
    const { plan } = await readComplete(disk, directory)
    if (request.plan !== null && JSON.stringify(plan) !== JSON.stringify(request.plan))
      throw storeForeign(directory, 'The directory has another sweep.')
    onNote?.('the sweep is complete already')
    return request.shard === undefined ? await parsed<SweepSummary>(disk, directory, SUMMARY) : null
  }
  const plan = request.plan ?? (await readPlan(disk, directory))
  if (how === 'create' && disk === nodeDisk) await makeParents(directory)
  const { shard = null } = request
  const schedule = new Schedule(plan, shard === null ? undefined : inShard(plan, shard))
  const open = how === 'create' ? SweepStore.create : SweepStore.resume
  const store = await open({
    disk,
    directory,
    plan,
    facts,
    shard,
    startedAt: new Date().toISOString(),
    onRecord: (index, isOk, read) => schedule.note(index, isOk, read),
    onNote,
    segmentBytes,
  })
  let executor: Executor | null = null
  try {
    if (!schedule.isDone) {
      executor = request.createExecutor(plan, store.manifest.engine)
      await runSweep({ plan, store, schedule, executor, onProgress, signal })
    }
    if (shard === null) {
      const summary = await finish(plan, store, request.createTables)
      for (const line of unmetNames(plan, summary)) onNote?.(line)
      return summary
    }
    await store.complete([])
    return null
  } finally {
    await executor?.close()
    await store.close()
  }
}

/** The audit and what writes tables are loaded only by who has come so far. */
async function finish(
  plan: SweepPlan,
  store: SweepStore,
  createTables: CreateSweepTables | undefined,
): Promise<SweepSummary> {
  const { finishSweep } = await import('./finish-sweep.ts')
  return finishSweep(plan, store, createTables ?? (await import('../store/sweep-parquet.ts')).sweepParquet)
}

/** The plan of a directory. @throws SolventError E_STORE_DAMAGED, E_STORE_FOREIGN */
export async function readPlan(disk: Disk, directory: string): Promise<SweepPlan> {
  const plan = await parsed<SweepPlan>(disk, directory, PLAN)
  if (plan.format !== 'solvent-sweep-plan/1')
    throw storeForeign(directory, 'plan.json is not of a sweep of ours.')
  return plan
}

/** A finished sweep or part of one, its sums checked. @throws SolventError E_STORE_DAMAGED, E_STORE_FOREIGN */
export async function readComplete(
  disk: Disk,
  directory: string,
): Promise<{ plan: SweepPlan; manifest: SweepManifest }> {
  const sums = new TextDecoder().decode(await disk.read(`${directory}/${SUMS}`))
  const seal = new TextDecoder().decode(await disk.read(`${directory}/${COMPLETE}`))
  if (seal !== `${sha256(sums)}\n`) throw storeDamaged(directory, 'SHA256SUMS is not what was written', {})
  for (const line of sums.trimEnd().split('\n')) {
    const [sum, file] = line.split('  ') as [string, string]
    const bytes = await disk.read(`${directory}/${file}`).catch(() => null)
    if (bytes === null || sha256(bytes) !== sum)
      throw storeDamaged(directory, 'a file is not what was written', { file })
  }
  return {
    plan: await readPlan(disk, directory),
    manifest: await parsed<SweepManifest>(disk, directory, MANIFEST),
  }
}

async function parsed<T>(disk: Disk, directory: string, name: string): Promise<T> {
  const bytes = await disk.read(`${directory}/${name}`).catch((cause: NodeJS.ErrnoException) => {
    throw storeForeign(directory, 'There is no sweep of ours.', { file: name, system: cause.code })
  })
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T
  } catch {
    throw storeDamaged(directory, `${name} cannot be read`, {})
  }
}

async function exists(disk: Disk, directory: string, name: string): Promise<boolean> {
  try {
    await disk.size(`${directory}/${name}`)
    return true
  } catch (error) {
    if (isSolventError(error)) throw error
    return false
  }
}
