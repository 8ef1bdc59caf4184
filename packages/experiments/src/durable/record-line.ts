// A line of a segment: `crc32c (8 hex digits) SP length SP json LF`. The checksum is of the JSON's bytes.
import { crc32c } from './crc32c.ts'

const LF = 0x0a
const SPACE = 0x20
const CRC_DIGITS = 8
/** Digits of a length that could be a line's. */
const MOST_LENGTH_DIGITS = 10

/** Lines, one after the other, and of each its length and its checksum. */
export interface RecordLines {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly lengths: Uint32Array<ArrayBuffer>
  readonly checksums: Uint32Array<ArrayBuffer>
}

export function recordLines(jsons: readonly string[]): RecordLines {
  const bodies = jsons.map((json) => Buffer.byteLength(json))
  const room = bodies.reduce((sum, body) => sum + CRC_DIGITS + MOST_LENGTH_DIGITS + 3 + body, 0)
  // Not of the pool of small buffers: the memory is handed over to another thread as it is.
  const bytes = Buffer.from(new ArrayBuffer(room))
  const lengths = new Uint32Array(jsons.length)
  const checksums = new Uint32Array(jsons.length)
  let end = 0
  for (const [at, json] of jsons.entries()) {
    const start = end
    const size = ` ${bodies[at]!} `
    const body = start + CRC_DIGITS + size.length
    end = body + bytes.write(json, body, 'utf8')
    const checksum = crc32c(bytes.subarray(body, end))
    bytes.write(`${checksum.toString(16).padStart(CRC_DIGITS, '0')}${size}`, start, 'latin1')
    bytes[end++] = LF
    lengths[at] = end - start
    checksums[at] = checksum
  }
  return { bytes: new Uint8Array(bytes.buffer, 0, end), lengths, checksums }
}

/** A whole line found in bytes. */
export interface FoundLine {
  readonly json: string
  readonly checksum: number
  /** Where the next line begins. */
  readonly end: number
}

/** The line that begins at an offset; null when what stands there is no whole, undamaged line. */
export function lineAt(bytes: Uint8Array, start: number): FoundLine | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const crcText = view.toString('latin1', start, start + CRC_DIGITS)
  if (!/^[0-9a-f]{8}$/.test(crcText) || view[start + CRC_DIGITS] !== SPACE) return null
  const lengthStart = start + CRC_DIGITS + 1
  const lengthEnd = view.indexOf(SPACE, lengthStart)
  if (lengthEnd < 0 || lengthEnd - lengthStart > MOST_LENGTH_DIGITS) return null
  const lengthText = view.toString('latin1', lengthStart, lengthEnd)
  if (!/^[1-9]\d*$/.test(lengthText)) return null
  const bodyEnd = lengthEnd + 1 + Number(lengthText)
  if (view[bodyEnd] !== LF) return null
  const body = view.subarray(lengthEnd + 1, bodyEnd)
  const checksum = crc32c(body)
  if (checksum !== Number.parseInt(crcText, 16)) return null
  return { json: body.toString('utf8'), checksum, end: bodyEnd + 1 }
}
