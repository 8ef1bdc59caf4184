// Records in files `seg-00001.jsonl`, … that only grow. Records are committed in groups: written together, then one
// fdatasync; only then is a record done. When the log is opened again, a torn line at the end of the last file is cut off
// (its group was never committed); damage anywhere else is an error.
import { join } from 'node:path'
import type { Disk, DiskFile } from './disk.ts'
import { lineAt, type RecordLines, recordLines } from './record-line.ts'
import { storeDamaged, writeRefused } from './store-error.ts'

/** A group is committed when so many records wait, or when the first of them has waited so long; it is everything that waits then. */
const GROUP_RECORDS = 32
const GROUP_MS = 250
const LF = 0x0a
/** A file that has grown so long is followed by the next. */
const SEGMENT_BYTES = 64 * 2 ** 20

/** Where a record stands. */
export interface RecordPlace {
  readonly segment: number
  readonly offset: number
  readonly length: number
  /** Of its JSON. */
  readonly checksum: number
}

/** Sees every record that is in the log already, in the order of commitment. */
export type RecordSink = (json: string, place: RecordPlace) => void

/** Where lines begin that were committed together. */
export interface LinesPlace {
  readonly segment: number
  readonly offset: number
}

interface Pending {
  readonly lines: RecordLines
  readonly resolve: (place: LinesPlace) => void
  readonly reject: (error: unknown) => void
}

export interface SegmentLogOptions {
  readonly disk: Disk
  readonly directory: string
  /** JSON of the first line of every file: what the records belong to. */
  readonly header: string
  readonly segmentBytes?: number | undefined
  readonly onRecord: RecordSink
  /** Told of a torn end that was cut off. */
  readonly onTorn?: ((bytes: number) => void) | undefined
}

export class SegmentLog {
  readonly #options: SegmentLogOptions
  #segment: number
  #size: number
  #file: DiskFile | null = null
  #waiting: Pending[] = []
  #waitingRecords = 0
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> | null = null
  #failure: unknown = null
  #isUrgent = false

  private constructor(options: SegmentLogOptions, segment: number, size: number) {
    this.#options = options
    this.#segment = segment
    this.#size = size
  }

  /** @throws SolventError E_STORE_DAMAGED */
  static async open(options: SegmentLogOptions): Promise<SegmentLog> {
    const { disk, directory } = options
    const count = await segmentCount(disk, directory)
    let size = 0
    for (let segment = 1; segment <= count; segment++) {
      const bytes = await disk.read(join(directory, segmentName(segment)))
      size = scanSegment(bytes, segment, options.onRecord)
      if (size === bytes.length) continue
      if (segment < count || !isTorn(bytes, size)) throw damagedRecord(directory, segment, size)
      await disk.truncate(join(directory, segmentName(segment)), size)
      options.onTorn?.(bytes.length - size)
    }
    return new SegmentLog(options, Math.max(count, 1), size)
  }

  /** Resolves when the lines are committed, all in one file. @throws SolventError E_STORE_WRITE, also for everything after that */
  append(lines: RecordLines): Promise<LinesPlace> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(this.#failure)
      this.#waiting.push({ lines, resolve, reject })
      this.#waitingRecords += lines.lengths.length
      if (this.#waitingRecords >= GROUP_RECORDS) this.#commitSoon()
      else this.#timer ??= setTimeout(() => this.#commitSoon(), GROUP_MS)
    })
  }

  /** Commits what waits and closes the file. */
  async close(): Promise<void> {
    while (this.#waiting.length > 0 || this.#writing !== null) {
      this.#commitSoon()
      await this.#writing
    }
    await this.#file?.close()
    this.#file = null
  }

  /** Commits what waits, without waiting for the group to fill. */
  flush(): void {
    this.#isUrgent = this.#waiting.length > 0
    if (this.#isUrgent) this.#commitSoon()
  }

  #commitSoon(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#writing !== null) return
    this.#isUrgent = false
    if (this.#waiting.length === 0) return
    this.#writing = this.#commit().finally(() => {
      this.#writing = null
      if (this.#waitingRecords >= GROUP_RECORDS || this.#isUrgent) this.#commitSoon()
      else if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#commitSoon(), GROUP_MS)
    })
  }

  async #commit(): Promise<void> {
    const group = this.#waiting.splice(0)
    this.#waitingRecords = 0
    try {
      const file = await this.#currentFile()
      await file.write(Buffer.concat(group.map(({ lines }) => lines.bytes)))
      await file.datasync()
      for (const { lines, resolve } of group) {
        resolve({ segment: this.#segment, offset: this.#size })
        this.#size += lines.bytes.length
      }
    } catch (cause) {
      // What a failed write left is cut off when the log is opened again.
      this.#failure = writeRefused(this.#options.directory, cause)
      for (const { reject } of [...group, ...this.#waiting.splice(0)]) reject(this.#failure)
    }
  }

  async #currentFile(): Promise<DiskFile> {
    const { disk, directory, segmentBytes = SEGMENT_BYTES } = this.#options
    if (this.#size >= segmentBytes) {
      await this.#file?.close()
      this.#file = null
      this.#segment += 1
      this.#size = 0
    }
    if (this.#file === null) {
      const path = join(directory, segmentName(this.#segment))
      if (this.#size > 0) this.#file = await disk.append(path)
      else {
        await disk.remove(path)
        this.#file = await disk.create(path)
        await disk.syncDirectory(directory)
        const header = recordLines([this.#options.header]).bytes
        await this.#file.write(header)
        this.#size = header.length
      }
    }
    return this.#file
  }
}

/** The committed records of a log that somebody else may be writing; a torn end is left alone. */
export async function readSegments(disk: Disk, directory: string, onRecord: RecordSink): Promise<void> {
  const count = await segmentCount(disk, directory)
  for (let segment = 1; segment <= count; segment++) {
    const bytes = await disk.read(join(directory, segmentName(segment)))
    const size = scanSegment(bytes, segment, onRecord)
    if (size < bytes.length && (segment < count || !isTorn(bytes, size)))
      throw damagedRecord(directory, segment, size)
  }
}

export function segmentName(segment: number): string {
  return `seg-${String(segment).padStart(5, '0')}.jsonl`
}

/** @throws SolventError E_STORE_DAMAGED when one is missing between others */
async function segmentCount(disk: Disk, directory: string): Promise<number> {
  const names = (await disk.list(directory)).filter((name) => /^seg-\d{5}\.jsonl$/.test(name)).sort()
  const missing = names.findIndex((name, index) => name !== segmentName(index + 1))
  if (missing >= 0)
    throw storeDamaged(directory, 'a segment is missing', { segment: segmentName(missing + 1) })
  return names.length
}

/** Where the first line begins that is not whole; the length of the bytes when all are. */
function scanSegment(bytes: Uint8Array, segment: number, onRecord: RecordSink): number {
  let offset = 0
  while (offset < bytes.length) {
    const line = lineAt(bytes, offset)
    if (line === null) return offset
    onRecord(line.json, { segment, offset, length: line.end - offset, checksum: line.checksum })
    offset = line.end
  }
  return offset
}

/**
 * Whether what stands from `start` on can be the last line, cut off or damaged: no whole line follows an end of line,
 * and a line that is whole but for its end is the last thing there.
 */
function isTorn(bytes: Uint8Array, start: number): boolean {
  for (let at = bytes.indexOf(LF, start); at >= 0; at = bytes.indexOf(LF, at + 1))
    if (lineAt(bytes, at + 1) !== null) return false
  const mended = Uint8Array.from(bytes.subarray(start))
  const body = /^[0-9a-f]{8} (\d+) /.exec(Buffer.from(mended.subarray(0, 20)).toString('latin1'))
  if (body === null) return true
  const end = body[0].length + Number(body[1])
  if (end + 1 >= mended.length) return true
  mended[end] = LF
  return lineAt(mended, 0) === null
}

function damagedRecord(directory: string, segment: number, offset: number): Error {
  return storeDamaged(directory, 'a record before the last one does not have its checksum', {
    segment: segmentName(segment),
    offsetBytes: offset,
  })
}
