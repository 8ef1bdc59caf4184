// The results directory of a sweep (docs/results-store.md): `plan.json` and `manifest.json`, records in segments, a lock while
// somebody writes, and in the end the results, `SHA256SUMS` and, last, `COMPLETE`. Whatever moment the writer is
// killed at, the directory can be gone on with, and ends with the results of a sweep that nobody disturbed.
import { join } from 'node:path'
import { SolventError } from '@solvent/primitives'
import type { Disk } from '../durable/disk.ts'
import { DRAFT, writeDurable } from '../durable/durable-file.ts'
import { type LinesPlace, type RecordPlace, SegmentLog, segmentName } from '../durable/segment-log.ts'
import { storeDamaged, storeForeign, writeRefused } from '../durable/store-error.ts'
import { lockStore, type StoreLock } from '../durable/store-lock.ts'
import type { EngineFacts } from './engine-facts.ts'
import { linesOf, offsetsOf, type RecordBatch, recordAt } from './record-batch.ts'
import { RecordPlaces } from './record-places.ts'
import type { RunRecord } from './run-record.ts'
import { COMPLETE, fileJson, MANIFEST, PLAN, planJson, SUMS, settled, sha256, TABLES } from './sweep-files.ts'
import { checkedManifest, type Shard, type SweepManifest } from './sweep-manifest.ts'
import { runCount, type SweepPlan } from './sweep-plan.ts'

/** @param read gives the record, for whoever needs more of it */
export type OnRecord = (index: number, isOk: boolean, read: () => RunRecord) => void

export interface OpenStoreOptions {
  readonly disk: Disk
  readonly directory: string
  readonly plan: SweepPlan
  readonly facts: EngineFacts
  readonly shard: Shard | null
  readonly startedAt: string
  /** Told of every record: of those that are there already, and then of each when it is committed. */
  readonly onRecord?: OnRecord | undefined
  readonly onNote?: ((line: string) => void) | undefined
  readonly segmentBytes?: number | undefined
}

export class SweepStore {
  readonly directory: string
  readonly manifest: SweepManifest
  readonly #disk: Disk
  readonly #lock: StoreLock
  readonly #places: RecordPlaces
  readonly #onRecord: OnRecord | undefined
  /** Of the last records that were appended. */
  #lastCommit: Promise<void> = Promise.resolve()
  #log!: SegmentLog
  #recorded = 0

  private constructor(options: OpenStoreOptions, manifest: SweepManifest, lock: StoreLock) {
    this.directory = options.directory
    this.manifest = manifest
    this.#disk = options.disk
    this.#lock = lock
    this.#onRecord = options.onRecord
    this.#places = new RecordPlaces(options.disk, options.directory, runCount(options.plan))
  }

  /** A new directory. @throws SolventError E_STORE_FOREIGN when something is there, E_STORE_LOCKED, E_STORE_WRITE */
  static async create(options: OpenStoreOptions): Promise<SweepStore> {
    const { disk, directory } = options
    await disk.makeDirectory(directory).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw writeRefused(directory, cause)
    })
    await refuseOccupied(disk, directory)
    return SweepStore.#open(options)
  }

  /**
   * A directory that a sweep of the same plan was killed in, at whatever moment.
   *
   * @throws SolventError E_STORE_FOREIGN, E_STORE_ENGINE, E_STORE_DAMAGED, E_STORE_LOCKED, E_STORE_WRITE
   */
  static async resume(options: OpenStoreOptions): Promise<SweepStore> {
    return SweepStore.#open(options)
  }

  static async #open(options: OpenStoreOptions): Promise<SweepStore> {
    const { disk, directory, plan, facts, shard, startedAt, segmentBytes, onNote } = options
    const lock = await lockStore(disk, directory)
    try {
      await removeDrafts(disk, directory)
      const planText = await settled(disk, join(directory, PLAN), planJson(plan))
      if (planText !== planJson(plan)) throw storeForeign(directory, 'The directory has another sweep.')
      const fresh: SweepManifest = {
        format: 'solvent-sweep/1',
        ...facts,
        baseHash: plan.base.hash,
        plan: sha256(planText),
        shard,
        startedAt,
      }
      const manifestText = await settled(disk, join(directory, MANIFEST), fileJson(fresh))
      const manifest = checkedManifest(directory, manifestText, fresh)
      const store = new SweepStore(options, manifest, lock)
      const header = JSON.stringify({ plan: sha256(planText), manifest: sha256(manifestText) })
      store.#log = await SegmentLog.open({
        disk,
        directory,
        header,
        segmentBytes,
        onRecord: (text, place) => {
          if (place.offset === 0) return store.#checkHeader(text, header, place)
          store.#found(text, place)
        },
        onTorn: (bytes) => onNote?.(`cut off ${bytes} bytes of a record that was never finished`),
      })
      return store
    } catch (error) {
      await lock.release().catch(() => undefined)
      throw error
    }
  }

  get recorded(): number {
    return this.#recorded
  }

  has(index: number): boolean {
    return this.#places.has(index)
  }

  /**
   * Records runs once: of what is recorded already, the same is ignored.
   *
   * @returns when they are committed
   * @throws SolventError E_RECORD_CONFLICT when another result is recorded of one of the runs; E_STORE_WRITE
   */
  async append(batch: RecordBatch): Promise<void> {
    const first = [...batch.indexes.keys()].filter((at) =>
      this.#places.claim(batch.indexes[at]!, batch.checksums[at]!, () =>
        conflict(this.directory, recordAt(batch, offsetsOf(batch)[at]!)),
      ),
    )
    if (first.length > 0) {
      const fresh = first.length === batch.indexes.length ? batch : linesOf(batch, first)
      this.#lastCommit = this.#log.append(fresh).then((place) => this.#committed(fresh, place))
    }
    // Commits follow each other, so that what was appended twice is there as well.
    await this.#lastCommit
  }

  /** Commits what waits, without waiting for more. */
  flush(): void {
    this.#log.flush()
  }

  /** Records in the order of their runs. */
  async *records(): AsyncGenerator<RunRecord> {
    for (let index = 0; index < this.#places.runs; index++)
      if (this.has(index)) yield JSON.parse(await this.#places.textOf(index)) as RunRecord
  }

  /** Commits what waits; nothing is appended after that. */
  async seal(): Promise<void> {
    await this.#log.close()
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await writeDurable(this.#disk, join(this.directory, name), content)
  }

  /** @param files by their names, which lie in one directory below */
  async writeTables(files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const place = join(this.directory, TABLES)
    await this.#disk.makeDirectory(place).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw writeRefused(this.directory, cause)
    })
    await removeDrafts(this.#disk, place)
    for (const [name, bytes] of files) await this.write(name, bytes)
    await this.#disk.syncDirectory(this.directory)
  }

  /** Writes the sums of everything that is there, and then says that it is complete. */
  async complete(results: readonly string[]): Promise<void> {
    const segments = (await this.#disk.list(this.directory)).filter((name) => name.startsWith('seg-')).sort()
    const lines: string[] = []
    for (const name of [PLAN, MANIFEST, ...segments, ...results])
      lines.push(`${sha256(await this.#disk.read(join(this.directory, name)))}  ${name}\n`)
    const sums = lines.join('')
    await this.write(SUMS, sums)
    await this.write(COMPLETE, `${sha256(sums)}\n`)
  }

  /** Lets others write. What was committed stays. */
  async close(): Promise<void> {
    await this.#log.close().catch(() => undefined)
    await this.#lock.release().catch(() => undefined)
  }

  #committed(batch: RecordBatch, { segment, offset }: LinesPlace): void {
    for (const [at, start] of offsetsOf(batch).entries()) {
      const index = batch.indexes[at]!
      this.#places.set(index, segment, offset + start, batch.lengths[at]!)
      this.#recorded += 1
      this.#onRecord?.(index, batch.isOk[at] === 1, () => recordAt(batch, start))
    }
  }

  #checkHeader(text: string, header: string, { segment }: RecordPlace): void {
    if (text !== header)
      throw storeDamaged(this.directory, 'plan.json or manifest.json was changed', {
        segment: segmentName(segment),
      })
  }

  #found(text: string, { segment, offset, length, checksum }: RecordPlace): void {
    const record = JSON.parse(text) as RunRecord
    const { index, status } = record
    if (!(index < this.#places.runs))
      throw storeDamaged(this.directory, 'a record is of a run that the plan does not have', { index })
    if (!this.#places.claim(index, checksum, () => conflict(this.directory, record))) return
    this.#places.set(index, segment, offset, length)
    this.#recorded += 1
    this.#onRecord?.(index, status === 'ok', () => record)
  }
}

/** Only a directory without anything but what a sweep leaves that was killed before it had a plan. */
async function refuseOccupied(disk: Disk, directory: string): Promise<void> {
  const names = await disk.list(directory).catch((cause: unknown) => {
    throw writeRefused(directory, cause)
  })
  const others = names.filter(
    (name) => name !== 'lock' && !name.startsWith('.lock-') && !name.startsWith(DRAFT),
  )
  if (others.length === 0) return
  const isSweep = others.includes(PLAN)
  // One that is at work says so.
  if (isSweep) await (await lockStore(disk, directory)).release()
  throw storeForeign(
    directory,
    isSweep ? 'The directory has a sweep already.' : 'The directory is not empty.',
    {},
    isSweep ? 'Go on with it: --resume in place of --out. Or name another directory.' : undefined,
  )
}

async function removeDrafts(disk: Disk, directory: string): Promise<void> {
  for (const name of await disk.list(directory))
    if (name.startsWith(DRAFT)) await disk.remove(join(directory, name))
}

function conflict(directory: string, { index, key }: RunRecord): SolventError {
  return new SolventError({
    code: 'E_RECORD_CONFLICT',
    message:
      'One run has given two different results. Runs are not repeatable here, or two engines wrote this.',
    details: { directory, index, key },
  })
}
