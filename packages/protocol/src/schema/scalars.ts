// The words that messages are made of, each with its one spelling and its range.
import type { Address, ChainId, Hash32, NodeId } from '@solvent/primitives'
import { z } from 'zod'
import type { Signature } from '../signature.ts'
import { isCanonicalSignature } from '../signing/canonical-signature.ts'
import { MAX_TEXT_BYTES } from '../wire/limits.ts'

const UINT32_LIMIT = 2 ** 32
const UINT256_LIMIT = 2n ** 256n
const INT256_LIMIT = 2n ** 255n

export const addressSchema = spelled<Address>(
  /^0x[0-9a-f]{40}$/,
  'an address: 0x and 40 lower-case hex digits',
)
export const hash32Schema = spelled<Hash32>(/^0x[0-9a-f]{64}$/, 'a hash: 0x and 64 lower-case hex digits')
/** A point of secp256k1, compressed; whether it is on the curve is for whoever computes with it. */
export const pointSchema = spelled<string>(
  /^0[23][0-9a-f]{64}$/,
  'a compressed point: 02 or 03 and 64 lower-case hex digits',
)
export const nodeIdSchema = spelled<NodeId>(/^[a-z0-9-]{1,48}$/, 'a node id: 1 to 48 of a-z, 0-9 and -')

export const signatureSchema = checked<Signature>(
  'a canonical signature: 65 bytes of lower-case hex, low s, v 27 or 28',
  (value) => typeof value === 'string' && isCanonicalSignature(value),
)

export const chainIdSchema = checked<ChainId>(
  'a chain id: an integer from 1 to 2^53 - 1',
  (value) => Number.isSafeInteger(value) && (value as number) > 0,
)

/** Counts, sequences, block numbers. */
export const countSchema = checked<number>(
  'an integer from 0 to 2^53 - 1',
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
)

/** Justified and finalised block numbers, -1 where a chain has none of its own. */
export const countOrMinusOneSchema = checked<number>(
  'an integer from -1 to 2^53 - 1',
  (value) => Number.isSafeInteger(value) && (value as number) >= -1,
)

/** What has a sign: shares of a price that may rise or fall. */
export const integerSchema = checked<number>('an integer between -2^53 and 2^53', (value) =>
  Number.isSafeInteger(value),
)

/** Seconds of chain time; small numbers of an ABI. */
export const uint32Schema = checked<number>(
  'an integer from 0 to 2^32 - 1',
  (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < UINT32_LIMIT,
)

export const uint256Schema = checked<bigint>(
  'a bigint from 0 to 2^256 - 1',
  (value) => typeof value === 'bigint' && value >= 0n && value < UINT256_LIMIT,
)

/** What an oracle's reporter says: anything. */
export const int256Schema = checked<bigint>(
  'a bigint from -2^255 to 2^255 - 1',
  (value) => typeof value === 'bigint' && value >= -INT256_LIMIT && value < INT256_LIMIT,
)

/** What a journal leg moves. */
export const signedAmountSchema = checked<bigint>(
  'a bigint between -2^255 and 2^255, not 0',
  (value) => typeof value === 'bigint' && value !== 0n && value > -INT256_LIMIT && value < INT256_LIMIT,
)

/** Names and free text. */
export const textSchema = checked<string>(
  `text of at most ${MAX_TEXT_BYTES} bytes`,
  (value) => typeof value === 'string' && fitsText(value),
)

export function bytesSchema(maxBytes: number): z.ZodType<Uint8Array> {
  return checked<Uint8Array>(
    `at most ${maxBytes} bytes`,
    (value) => value instanceof Uint8Array && value.length <= maxBytes,
  )
}

export const booleanSchema: z.ZodType<boolean> = z.boolean()

/** One of a closed list of words. */
export function oneOf<const T extends string>(words: readonly T[]): z.ZodType<T> {
  const known = new Set<unknown>(words)
  return checked<T>(`one of ${words.join(', ')}`, (value) => known.has(value))
}

function spelled<T extends string>(pattern: RegExp, allowed: string): z.ZodType<T> {
  return checked<T>(allowed, (value) => typeof value === 'string' && pattern.test(value))
}

/** One check and one sentence for each word: what is allowed is the whole message of its error. */
function checked<T>(allowed: string, accepts: (value: unknown) => boolean): z.ZodType<T> {
  return z.custom<T>(accepts, allowed)
}

function fitsText(text: string): boolean {
  if (text.length > MAX_TEXT_BYTES) return false
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) as number
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes <= MAX_TEXT_BYTES
}
