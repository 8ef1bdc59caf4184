/** How long canonical bytes are at most, reckoned without writing them. */

/** A major type and an argument of 64 bits. */
const HEAD = 9
/** A head whose argument has 32 bits. */
const SHORT_HEAD = 5
/** Of UTF-8 for one unit of UTF-16. */
const UNIT = 3
/** A tag and the head of 64 bits or fewer, and those; the same of 256 bits. */
const SHORT_INTEGER = 2 + 8
const WORD_INTEGER = 3 + 32
const SHORT_LIMIT = 1n << 64n
const WORD_LIMIT = 1n << 256n
const TWO_32 = 4294967296

/**
 * An upper bound of `encodeCanonical(value).length`, a few per cent above it unless text is wide, and in a fraction of the time.
 *
 * @example mostCanonicalBytes({ a: 1 }) // 12: the object's head, a key of one unit with its head, a number
 */
export function mostCanonicalBytes(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return ofText(value)
    case 'number':
      return value >= 1 && value < TWO_32 && Number.isInteger(value) ? SHORT_HEAD : HEAD
    case 'bigint':
      return ofInteger(value)
    case 'object':
      return value === null ? 1 : ofStructure(value)
    default:
      return HEAD
  }
}

/**
 * A bound that looks at no letter: about three times `mostCanonicalBytes(value)`, in a quarter of its time.
 *
 * @example roughCanonicalBytes({ a: 1 }) // 30
 */
export function roughCanonicalBytes(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return HEAD + UNIT * value.length
    case 'bigint':
      return ofInteger(value)
    case 'object':
      return value === null ? 1 : ofRoughStructure(value)
    default:
      return HEAD
  }
}

function ofRoughStructure(value: object): number {
  if (value instanceof Uint8Array) return HEAD + value.length
  let bytes = HEAD
  if (Array.isArray(value)) for (let i = 0; i < value.length; i++) bytes += roughCanonicalBytes(value[i])
  else
    for (const key in value)
      bytes += HEAD + UNIT * key.length + roughCanonicalBytes((value as Record<string, unknown>)[key])
  return bytes
}

function ofText(text: string): number {
  const { length } = text
  let letters = 0
  for (let i = 0; i < length; i++) letters |= text.charCodeAt(i)
  return letters > 0x7f ? HEAD + UNIT * length : headOf(length) + length
}

function ofInteger(value: bigint): number {
  if (value < SHORT_LIMIT && value >= -SHORT_LIMIT) return SHORT_INTEGER
  return value < WORD_LIMIT && value >= -WORD_LIMIT ? WORD_INTEGER : 2 * HEAD + value.toString(16).length
}

function ofStructure(value: object): number {
  if (value instanceof Uint8Array) return headOf(value.length) + value.length
  if (Array.isArray(value)) {
    let bytes = headOf(value.length)
    for (let i = 0; i < value.length; i++) bytes += mostCanonicalBytes(value[i])
    return bytes
  }
  let bytes = SHORT_HEAD
  for (const key in value) bytes += ofText(key) + mostCanonicalBytes((value as Record<string, unknown>)[key])
  return bytes
}

/** Of a length or a count. */
function headOf(argument: number): number {
  if (argument < 24) return 1
  if (argument < 0x100) return 2
  return argument < 0x10000 ? 3 : HEAD
}
