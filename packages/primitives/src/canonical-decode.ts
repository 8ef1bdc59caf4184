/**
 * Reads canonical bytes, strictly: accepts exactly what `encodeCanonical` writes.
 *
 * cborg splits the bytes into tokens; values are put together here, because depth and key order must be
 * checked before recursing. The last word is a comparison with the re-encoded value, which no second
 * spelling survives (long floats, padded bignums, ill-formed UTF-8).
 */
import { type Token, Tokenizer } from 'cborg'
import { DEFAULT_MAX_BYTES, DEFAULT_MAX_DEPTH, isForbiddenKey } from './canonical.ts'
import { encodeCanonical } from './canonical-encode.ts'
import { SolventError } from './error.ts'
import { bytesToHex, equalBytes } from './hex.ts'
import { RecentTexts } from './recent-texts.ts'

/** Limits of one decoding. */
export type DecodeLimits = {
  /** Longest accepted input in bytes (default 16 MiB). */
  maxBytes?: number
  /** How deep arrays and objects may nest (default 16). */
  maxDepth?: number
}

const TOKEN_OPTIONS = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const texts = new RecentTexts()

/**
 * Decodes canonical bytes into plain data: null, booleans, numbers, bigints, text, bytes, arrays, plain objects.
 *
 * @throws E_TOO_LARGE past `maxBytes`, E_TOO_DEEP past `maxDepth`, E_NON_CANONICAL for every byte string
 *   that `encodeCanonical` does not write
 * @example decodeCanonical(encodeCanonical({ amount: 5n })) // { amount: 5n }
 */
export function decodeCanonical(bytes: Uint8Array, limits: DecodeLimits = {}): unknown {
  const { maxBytes = DEFAULT_MAX_BYTES, maxDepth = DEFAULT_MAX_DEPTH } = limits
  if (bytes.length > maxBytes) {
    throw new SolventError({
      code: 'E_TOO_LARGE',
      message: 'This message is too large to be decoded.',
      details: { gotBytes: bytes.length, maxBytes },
    })
  }
  const reader = new Reader(bytes)
  const value = reader.readValue(maxDepth)
  if (!reader.tokens.done()) throw notCanonical('bytes follow the value', reader.tokens.pos())
  if (!equalBytes(encodeCanonical(value, { maxDepth }), bytes))
    throw notCanonical('a second spelling of the same value', 0)
  return value
}

class Reader {
  readonly bytes: Uint8Array
  readonly tokens: Tokenizer

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.tokens = new Tokenizer(bytes, TOKEN_OPTIONS)
  }

  readValue(depthLeft: number): unknown {
    const start = this.tokens.pos()
    const token = this.next()
    switch (token.type.name) {
      case 'uint':
      case 'negint':
        if (typeof token.value !== 'number') throw notCanonical('an integer past 2^53 - 1', start)
        return token.value
      case 'string':
        return texts.shared(this.textOf(token, start))
      case 'array':
        if (depthLeft <= 0) throw tooDeep(start)
        return this.readArray(token.value as number, depthLeft - 1)
      case 'map':
        if (depthLeft <= 0) throw tooDeep(start)
        return this.readObject(token.value as number, depthLeft - 1)
      case 'tag':
        return this.readBigint(token.value as number, start)
      case 'bytes':
      case 'float':
      case 'true':
      case 'false':
      case 'null':
        return token.value
      default:
        throw notCanonical(`an item of type ${token.type.name}`, start)
    }
  }

  private next(): Token {
    const start = this.tokens.pos()
    if (this.tokens.done()) throw notCanonical('the bytes end early', start)
    try {
      return this.tokens.next()
    } catch (error) {
      throw notCanonical(error instanceof Error ? error.message : String(error), start)
    }
  }

  private readArray(length: number, depthLeft: number): unknown[] {
    const items: unknown[] = []
    for (let i = 0; i < length; i++) items.push(this.readValue(depthLeft))
    return items
  }

  private readObject(size: number, depthLeft: number): Record<string, unknown> {
    const fields: Record<string, unknown> = {}
    for (let i = 0; i < size; i++) {
      const start = this.tokens.pos()
      const token = this.next()
      if (token.type.name !== 'string') throw notCanonical('a map key that is not text', start)
      const key = this.textOf(token, start)
      if (isForbiddenKey(key)) throw notCanonical(`the key ${key}`, start)
      if (Object.hasOwn(fields, key)) throw notCanonical('a map key twice', start)
      fields[key] = this.readValue(depthLeft)
    }
    return fields
  }

  private readBigint(tag: number, start: number): bigint {
    if (tag !== 2 && tag !== 3) throw notCanonical(`tag ${tag}`, start)
    const body = this.next()
    if (body.type.name !== 'bytes') throw notCanonical('a bignum that is not bytes', start)
    const bytes = body.value as Uint8Array
    const magnitude = bytes.length === 0 ? 0n : BigInt(bytesToHex(bytes))
    return tag === 2 ? magnitude : -1n - magnitude
  }

  /** cborg drops a leading byte order mark and mends ill-formed UTF-8: read what is not plain ASCII again. */
  private textOf(token: Token, start: number): string {
    const text = token.value as string
    const end = this.tokens.pos()
    const argumentCode = (this.bytes[start] as number) & 31
    const headLength = argumentCode < 24 ? 1 : 1 + (1 << (argumentCode - 24))
    if (text.length === end - start - headLength) return text
    try {
      return utf8.decode(this.bytes.subarray(start + headLength, end))
    } catch {
      throw notCanonical('text that is not UTF-8', start)
    }
  }
}

function notCanonical(why: string, atByte: number): SolventError {
  return new SolventError({
    code: 'E_NON_CANONICAL',
    message: 'These bytes are not canonical.',
    details: { why, atByte },
  })
}

function tooDeep(atByte: number): SolventError {
  return new SolventError({ code: 'E_TOO_DEEP', message: 'These bytes nest too deep.', details: { atByte } })
}
