// The records of a batch of runs as lines of the log. They are made where the runs were run, so that whoever gathers them only has
// to write them: in one thread for all that is what bounds how many workers it can serve.
import { lineAt, type RecordLines, recordLines } from '../durable/record-line.ts'
import type { RunRecord } from './run-record.ts'

export interface RecordBatch extends RecordLines {
  /** Of the run of each line. */
  readonly indexes: Uint32Array<ArrayBuffer>
  /** 1 of a run that is ok. */
  readonly isOk: Uint8Array<ArrayBuffer>
}

export function batchOf(records: readonly RunRecord[]): RecordBatch {
  return {
    ...recordLines(records.map((record) => JSON.stringify(record))),
    indexes: Uint32Array.from(records, ({ index }) => index),
    isOk: Uint8Array.from(records, ({ status }) => Number(status === 'ok')),
  }
}

/** The record of the line that begins at an offset of the batch's bytes. */
export function recordAt({ bytes }: RecordBatch, offset: number): RunRecord {
  return JSON.parse(lineAt(bytes, offset)!.json) as RunRecord
}

/** Some lines of a batch, by their places in it. */
export function linesOf(batch: RecordBatch, places: readonly number[]): RecordBatch {
  const offsets = offsetsOf(batch)
  const pieces = places.map((at) => batch.bytes.subarray(offsets[at]!, offsets[at]! + batch.lengths[at]!))
  const pick = (numbers: Uint32Array) => Uint32Array.from(places, (at) => numbers[at]!)
  return {
    bytes: new Uint8Array(Buffer.concat(pieces)),
    lengths: pick(batch.lengths),
    checksums: pick(batch.checksums),
    indexes: pick(batch.indexes),
    isOk: Uint8Array.from(places, (at) => batch.isOk[at]!),
  }
}

/** Where each line of a batch begins. */
export function offsetsOf({ lengths }: RecordBatch): number[] {
  let offset = 0
  return Array.from(lengths, (length) => {
    offset += length
    return offset - length
  })
}

export function joined(batches: readonly RecordBatch[]): RecordBatch {
  if (batches.length === 1) return batches[0]!
  const numbers = (of: (batch: RecordBatch) => Uint32Array) =>
    Uint32Array.from(batches.flatMap((batch) => [...of(batch)]))
  return {
    bytes: new Uint8Array(Buffer.concat(batches.map(({ bytes }) => bytes))),
    lengths: numbers(({ lengths }) => lengths),
    checksums: numbers(({ checksums }) => checksums),
    indexes: numbers(({ indexes }) => indexes),
    isOk: Uint8Array.from(batches.flatMap(({ isOk }) => [...isOk])),
  }
}
