// Solidity's ABI encoding (docs.soliditylang.org, "Contract ABI Specification") for the few types that the order formats
// need. Written by hand because importing an Ethereum library would cost every node process a fifth of a second.
import { asHex, bytesToHex, concatBytes, type Hex, hexToBytes, SolventError } from '@solvent/primitives'
import { putHex, putUint256, WORD_BYTES, wordBuffer } from '../eip712/word.ts'

/** A type of the ABI. Values: address, bytes4, bytes32, bytes as lower-case hex; uint32 and uint8 as number; uint256 as bigint. */
export type AbiType =
  | 'address'
  | 'uint8'
  | 'uint32'
  | 'uint256'
  | 'bytes4'
  | 'bytes32'
  | 'bytes'
  | 'string'
  | { readonly list: AbiType }
  | { readonly fixed: AbiType; readonly length: number }
  | { readonly tuple: readonly (readonly [name: string, type: AbiType])[] }

/** Bits of the unsigned integers, bytes of the fixed byte strings. */
const UINT_BITS = { uint8: 8, uint32: 32, uint256: 256 } as const
const HEX_BYTES = { address: 20, bytes4: 4, bytes32: 32 } as const

/**
 * `abi.encode(…values)`.
 *
 * @throws E_BAD_ABI for a value outside its type
 * @example encodeAbi(['uint32', 'bytes'], [7, '0x0102']) // 128 bytes
 */
export function encodeAbi(types: readonly AbiType[], values: readonly unknown[]): Uint8Array {
  const heads: Uint8Array[] = []
  const tails: Uint8Array[] = []
  let tailAt = types.reduce((sum: number, type) => sum + headBytes(type), 0)
  types.forEach((type, i) => {
    const encoded = encodeValue(type, values[i])
    if (!isDynamic(type)) {
      heads.push(encoded)
      return
    }
    heads.push(uintWord(BigInt(tailAt)))
    tails.push(encoded)
    tailAt += encoded.length
  })
  return concatBytes(...heads, ...tails)
}

/**
 * The values of `abi.encode(…)`, strictly: only what `encodeAbi` writes is accepted, so that equal orders are equal bytes.
 *
 * @throws E_BAD_ABI for truncated, padded, overlapping or otherwise second spellings
 */
export function decodeAbi(types: readonly AbiType[], bytes: Uint8Array): unknown[] {
  const values = decodeSequence(types, bytes, 0)
  const again = bytesToHex(encodeAbi(types, values))
  if (again !== bytesToHex(bytes))
    throw badAbi('a second spelling of the same values', 'the canonical encoding')
  return values
}

function encodeValue(type: AbiType, value: unknown): Uint8Array {
  if (typeof type === 'object') return encodeComposite(type, value)
  switch (type) {
    case 'uint8':
    case 'uint32':
    case 'uint256':
      return uintWord(checkUint(type, value))
    case 'address':
    case 'bytes4':
    case 'bytes32':
      return fixedBytes(type, value)
    case 'bytes':
      return withLength(hexToBytes(checkHex(value, null)))
    case 'string':
      if (typeof value !== 'string') throw badAbi(value, 'text')
      return withLength(new TextEncoder().encode(value))
  }
}

function encodeComposite(type: Extract<AbiType, object>, value: unknown): Uint8Array {
  if ('tuple' in type) {
    const fields = value as Record<string, unknown>
    return encodeAbi(
      type.tuple.map(([, inner]) => inner),
      type.tuple.map(([name]) => fields[name]),
    )
  }
  const items = value as readonly unknown[]
  const inner = 'list' in type ? type.list : type.fixed
  if ('fixed' in type && items.length !== type.length)
    throw badAbi(`${items.length} items`, `${type.length} items`)
  const encoded = encodeAbi(
    items.map(() => inner),
    items,
  )
  return 'list' in type ? concatBytes(uintWord(BigInt(items.length)), encoded) : encoded
}

function decodeSequence(types: readonly AbiType[], bytes: Uint8Array, base: number): unknown[] {
  let at = base
  return types.map((type) => {
    const head = at
    at += headBytes(type)
    return decodeValue(type, bytes, isDynamic(type) ? base + readLength(bytes, head) : head)
  })
}

function decodeValue(type: AbiType, bytes: Uint8Array, at: number): unknown {
  if (typeof type === 'object') return decodeComposite(type, bytes, at)
  switch (type) {
    case 'uint8':
    case 'uint32':
      return Number(checkUint(type, Number(readUint(bytes, at))))
    case 'uint256':
      return readUint(bytes, at)
    case 'address':
      return bytesToHex(slice(bytes, at + 12, 20))
    case 'bytes4':
      return bytesToHex(slice(bytes, at, 4))
    case 'bytes32':
      return bytesToHex(slice(bytes, at, 32))
    case 'bytes':
      return bytesToHex(slice(bytes, at + WORD_BYTES, readLength(bytes, at)))
    case 'string':
      return new TextDecoder().decode(slice(bytes, at + WORD_BYTES, readLength(bytes, at)))
  }
}

function decodeComposite(type: Extract<AbiType, object>, bytes: Uint8Array, at: number): unknown {
  if ('tuple' in type) {
    const values = decodeSequence(
      type.tuple.map(([, inner]) => inner),
      bytes,
      at,
    )
    return Object.fromEntries(type.tuple.map(([name], i) => [name, values[i]]))
  }
  if ('fixed' in type)
    return decodeSequence(
      Array.from({ length: type.length }, () => type.fixed),
      bytes,
      at,
    )
  const length = readLength(bytes, at)
  if (length * headBytes(type.list) > bytes.length)
    throw badAbi(`a list of ${length}`, 'no more than the bytes hold')
  return decodeSequence(
    Array.from({ length }, () => type.list),
    bytes,
    at + WORD_BYTES,
  )
}

function isDynamic(type: AbiType): boolean {
  if (typeof type === 'string') return type === 'bytes' || type === 'string'
  if ('list' in type) return true
  return 'fixed' in type ? isDynamic(type.fixed) : type.tuple.some(([, inner]) => isDynamic(inner))
}

function headBytes(type: AbiType): number {
  if (typeof type === 'string' || isDynamic(type)) return WORD_BYTES
  if ('fixed' in type) return type.length * headBytes(type.fixed)
  return 'tuple' in type ? type.tuple.reduce((sum, [, inner]) => sum + headBytes(inner), 0) : WORD_BYTES
}

function uintWord(value: bigint): Uint8Array {
  const word = wordBuffer(1)
  putUint256(word, 0, value)
  return word
}

/** Addresses are numbers and stand right, byte strings stand left. */
function fixedBytes(type: keyof typeof HEX_BYTES, value: unknown): Uint8Array {
  const hex = checkHex(value, HEX_BYTES[type])
  const word = wordBuffer(1)
  if (type === 'address') putHex(word, 0, hex)
  else word.set(hexToBytes(hex))
  return word
}

function withLength(bytes: Uint8Array): Uint8Array {
  const padded = wordBuffer(1 + Math.ceil(bytes.length / WORD_BYTES))
  padded.set(uintWord(BigInt(bytes.length)))
  padded.set(bytes, WORD_BYTES)
  return padded
}

function readUint(bytes: Uint8Array, at: number): bigint {
  return BigInt(bytesToHex(slice(bytes, at, WORD_BYTES)))
}

/** A length or an offset: nothing reaches past the bytes. */
function readLength(bytes: Uint8Array, at: number): number {
  const value = readUint(bytes, at)
  if (value > BigInt(bytes.length)) throw badAbi(`a length or offset of ${value}`, `at most ${bytes.length}`)
  return Number(value)
}

function slice(bytes: Uint8Array, start: number, length: number): Uint8Array {
  if (start + length > bytes.length) throw badAbi(`${bytes.length} bytes`, `at least ${start + length}`)
  return bytes.subarray(start, start + length)
}

function checkUint(type: keyof typeof UINT_BITS, value: unknown): bigint {
  const isWhole = typeof value === 'bigint' || (type !== 'uint256' && Number.isSafeInteger(value))
  const number = isWhole ? BigInt(value as number | bigint) : -1n
  if (number < 0n || number >> BigInt(UINT_BITS[type]) !== 0n) throw badAbi(value, type)
  return number
}

function checkHex(value: unknown, bytes: number | null): Hex {
  if (typeof value !== 'string') throw badAbi(value, 'hex')
  const hex = asHex(value)
  if (bytes !== null && hex.length !== 2 + 2 * bytes) throw badAbi(value, `${bytes} bytes of hex`)
  return hex
}

function badAbi(got: unknown, allowed: string): SolventError {
  return new SolventError({
    code: 'E_BAD_ABI',
    message: 'This is not the ABI encoding of its type.',
    details: { got: String(got), allowed },
  })
}
