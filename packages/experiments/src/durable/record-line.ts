// A line of a segment: `crc32c (8 hex digits) SP length SP json LF`. The checksum is of the JSON's bytes.
import { crc32c } from './crc32c.ts'

const LF = 0x0a
const SPACE = 0x20
const CRC_DIGITS = 8
/** Digits of a length that could be a line's. */
const MOST_LENGTH_DIGITS = 10

export function recordLine(json: string): Uint8Array {
  const body = Buffer.from(json)
  const head = `${crc32c(body).toString(16).padStart(CRC_DIGITS, '0')} ${body.length} `
  return Buffer.concat([Buffer.from(head), body, Buffer.of(LF)])
}

/** A whole line found in bytes. */
export interface FoundLine {
  readonly json: string
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
  if (crc32c(body) !== Number.parseInt(crcText, 16)) return null
  return { json: body.toString('utf8'), end: bodyEnd + 1 }
}
