// Where each run's record stands in the segments, and what it says: some twenty bytes a run, however long the records are.
import { join } from 'node:path'
import type { Disk } from '../durable/disk.ts'
import { segmentName } from '../durable/segment-log.ts'

/** Records are asked for in the order of their runs, which is nearly that of the file: so much is read at once. */
const WINDOW_BYTES = 262_144

export class RecordPlaces {
  readonly runs: number
  readonly #disk: Disk
  readonly #directory: string
  readonly #segments: Uint16Array
  readonly #offsets: Float64Array
  readonly #lengths: Uint32Array
  readonly #checksums: Uint32Array
  /** 1 of a run whose record is on its way to the disk, or there. */
  readonly #claimed: Uint8Array
  #window: { segment: number; offset: number; bytes: Uint8Array } = {
    segment: 0,
    offset: 0,
    bytes: new Uint8Array(0),
  }

  constructor(disk: Disk, directory: string, runs: number) {
    this.runs = runs
    this.#disk = disk
    this.#directory = directory
    this.#segments = new Uint16Array(runs)
    this.#offsets = new Float64Array(runs)
    this.#lengths = new Uint32Array(runs)
    this.#checksums = new Uint32Array(runs)
    this.#claimed = new Uint8Array(runs)
  }

  has(index: number): boolean {
    return this.#lengths[index] !== 0
  }

  /**
   * Whether a record is the first of its run; from then on it is not.
   *
   * @param checksum of its JSON
   * @throws what `conflict` makes, when another record of the run was claimed
   */
  claim(index: number, checksum: number, conflict: () => Error): boolean {
    if (this.#claimed[index] === 1) {
      if (this.#checksums[index] !== checksum) throw conflict()
      return false
    }
    this.#claimed[index] = 1
    this.#checksums[index] = checksum
    return true
  }

  set(index: number, segment: number, offset: number, length: number): void {
    this.#segments[index] = segment
    this.#offsets[index] = offset
    this.#lengths[index] = length
  }

  /** The JSON of a record that is there. */
  async textOf(index: number): Promise<string> {
    const [segment, offset] = [this.#segments[index]!, this.#offsets[index]!]
    const line = await this.#bytes(segment, offset, this.#lengths[index]!)
    const text = new TextDecoder().decode(line)
    return text.slice(text.indexOf('{'), -1)
  }

  async #bytes(segment: number, offset: number, length: number): Promise<Uint8Array> {
    const seen = this.#window
    const start = offset - seen.offset
    if (segment === seen.segment && start >= 0 && start + length <= seen.bytes.length)
      return seen.bytes.subarray(start, start + length)
    const path = join(this.#directory, segmentName(segment))
    const bytes = await this.#disk.readAt(path, offset, Math.max(length, WINDOW_BYTES))
    this.#window = { segment, offset, bytes }
    return bytes.subarray(0, length)
  }
}
