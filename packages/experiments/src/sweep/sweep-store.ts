// The results directory of a sweep (docs/results-store.md): `plan.json` and `manifest.json`, records in segments, a lock while
// somebody writes, and in the end the results, `SHA256SUMS` and, last, `COMPLETE`. Whatever moment the writer is
// killed at, the directory can be gone on with, and ends with the results of a sweep that nobody disturbed.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { SolventError } from '@solvent/primitives'
import { crc32c } from '../durable/crc32c.ts'
import type { Disk } from '../durable/disk.ts'
import { DRAFT, writeDurable } from '../durable/durable-file.ts'
import { type RecordPlace, SegmentLog, segmentName } from '../durable/segment-log.ts'
import { storeDamaged, storeForeign, writeRefused } from '../durable/store-error.ts'
import { lockStore, type StoreLock } from '../durable/store-lock.ts'
import type { EngineFacts } from './engine-facts.ts'
import type { RunRecord } from './run-record.ts'
import { runCount, type SweepPlan } from './sweep-plan.ts'

export const PLAN = 'plan.json'
export const MANIFEST = 'manifest.json'
export const SUMMARY = 'summary.json'
export const SUMS = 'SHA256SUMS'
export const COMPLETE = 'COMPLETE'

/** A part of a sweep: this of so many. */
export interface Shard {
  readonly index: number
  readonly of: number
}

export interface SweepManifest extends EngineFacts {
  readonly format: 'solvent-sweep/1'
  readonly baseHash: string
  /** SHA-256 of plan.json. */
  readonly plan: string
  readonly shard: Shard | null
  /** ISO 8601, UTC. */
  readonly startedAt: string
}

export interface OpenStoreOptions {
  readonly disk: Disk
  readonly directory: string
  readonly plan: SweepPlan
  readonly facts: EngineFacts
  readonly shard: Shard | null
  readonly startedAt: string
  /** Told of every record: of those that are there already, and then of each when it is committed. */
  readonly onRecord?: ((record: RunRecord) => void) | undefined
  readonly onNote?: ((line: string) => void) | undefined
  readonly segmentBytes?: number | undefined
}

export class SweepStore {
  readonly directory: string
  readonly manifest: SweepManifest
  readonly #disk: Disk
  readonly #lock: StoreLock
  readonly #segments: Uint16Array
  readonly #offsets: Float64Array
  readonly #lengths: Uint32Array
  readonly #checksums: Uint32Array
  /** Records that are appended and not committed yet. */
  readonly #pending = new Map<
    number,
    { readonly text: string; readonly record: RunRecord; readonly committed: Promise<void> }
  >()
  #log!: SegmentLog
  #recorded = 0

  private constructor(options: OpenStoreOptions, manifest: SweepManifest, lock: StoreLock) {
    this.directory = options.directory
    this.manifest = manifest
    this.#disk = options.disk
    this.#lock = lock
    const runs = runCount(options.plan)
    this.#segments = new Uint16Array(runs)
    this.#offsets = new Float64Array(runs)
    this.#lengths = new Uint32Array(runs)
    this.#checksums = new Uint32Array(runs)
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
      const manifestText = await settled(disk, join(directory, MANIFEST), json(fresh))
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
          store.#note(text, place, options.onRecord)
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
    return this.#lengths[index] !== 0
  }

  /**
   * Records a run once: of what is recorded already, the same is ignored.
   *
   * @returns when it is committed
   * @throws SolventError E_RECORD_CONFLICT when another result is recorded of the same run; E_STORE_WRITE
   */
  async append(record: RunRecord): Promise<void> {
    const { index } = record
    const text = JSON.stringify(record)
    const pending = this.#pending.get(index)
    if (pending !== undefined) {
      if (pending.text !== text) throw conflict(this.directory, record)
      return pending.committed
    }
    if (this.has(index)) {
      if (this.#checksums[index] !== crc32c(Buffer.from(text))) throw conflict(this.directory, record)
      return
    }
    const committed = this.#log.append(text).finally(() => this.#pending.delete(index))
    this.#pending.set(index, { text, record, committed })
    return committed
  }

  /** Commits what waits, without waiting for more. */
  flush(): void {
    this.#log.flush()
  }

  /** Records in the order of their runs. */
  async *records(): AsyncGenerator<RunRecord> {
    for (let index = 0; index < this.#lengths.length; index++) {
      if (this.has(index)) yield JSON.parse(await this.#textAt(index)) as RunRecord
    }
  }

  /** Commits what waits; nothing is appended after that. */
  async seal(): Promise<void> {
    await this.#log.close()
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await writeDurable(this.#disk, join(this.directory, name), content)
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

  async #textAt(index: number): Promise<string> {
    const path = join(this.directory, segmentName(this.#segments[index]!))
    const bytes = await this.#disk.readAt(path, this.#offsets[index]!, this.#lengths[index]!)
    const text = new TextDecoder().decode(bytes)
    return text.slice(text.indexOf('{'), -1)
  }

  /** Of a record that was appended here, the object that it was made of. */
  #read(text: string): { index: number; record: RunRecord } {
    const index = Number(/^\{"index":(\d+)/.exec(text)?.[1] ?? -1)
    const record = this.#pending.get(index)?.record ?? (JSON.parse(text) as RunRecord)
    return { index: record.index, record }
  }

  #checkHeader(text: string, header: string, { segment }: RecordPlace): void {
    if (text !== header)
      throw storeDamaged(this.directory, 'plan.json or manifest.json was changed', {
        segment: segmentName(segment),
      })
  }

  #note(text: string, place: RecordPlace, onRecord: OpenStoreOptions['onRecord']): void {
    const { index, record } = this.#read(text)
    if (!(index < this.#lengths.length))
      throw storeDamaged(this.directory, 'a record is of a run that the plan does not have', { index })
    const checksum = crc32c(Buffer.from(text))
    if (this.has(index)) {
      if (this.#checksums[index] !== checksum) throw conflict(this.directory, record)
      return
    }
    this.#checksums[index] = checksum
    this.#segments[index] = place.segment
    this.#offsets[index] = place.offset
    this.#lengths[index] = place.length
    this.#recorded += 1
    onRecord?.(record)
  }
}

/** Bytes of plan.json. */
export function planJson(plan: SweepPlan): string {
  return json(plan)
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** What stands in a file, or else what is written there now. */
async function settled(disk: Disk, path: string, content: string): Promise<string> {
  try {
    return new TextDecoder().decode(await disk.read(path))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
  }
  await writeDurable(disk, path, content)
  return content
}

/** The first sweep's manifest, when it is of the same engine and plan. */
function checkedManifest(directory: string, text: string, fresh: SweepManifest): SweepManifest {
  let manifest: SweepManifest
  try {
    manifest = JSON.parse(text) as SweepManifest
  } catch {
    throw storeDamaged(directory, 'manifest.json cannot be read', {})
  }
  const same = ({ startedAt: _, ...rest }: SweepManifest) => Object.entries(rest)
  const fields = new Map(same(manifest))
  const other = same(fresh).filter(
    ([key, value]) => JSON.stringify(fields.get(key)) !== JSON.stringify(value),
  )
  if (other.length === 0) return manifest
  throw new SolventError({
    code: 'E_STORE_ENGINE',
    message: 'The results were begun by another engine, plan or shard. Nothing was changed.',
    details: {
      directory,
      ...Object.fromEntries(
        other.map(([key, value]) => [
          key,
          `${JSON.stringify(fields.get(key))} there, ${JSON.stringify(value)} here`,
        ]),
      ),
    },
    hint: 'Go on with the engine that began it, or run the sweep again in another directory.',
  })
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
