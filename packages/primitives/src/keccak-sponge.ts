/**
 * The sponge of Keccak-256 (FIPS 202 §4, with the padding of the submission): compiled where there is WebAssembly, plain
 * where there is none (`--jitless`, pages that forbid it). Both give the same bytes.
 */
import { CONSTANTS, keccakModule } from './keccak-module.ts'
import { keccakF1600, ROUND_CONSTANTS } from './keccak-permutation.ts'

const RATE_BYTES = 136
const RATE_WORDS = RATE_BYTES / 4
const DIGEST_BYTES = 32
/** Where blocks are put into the compiled sponge's memory of one page. */
const INPUT = 512
const INPUT_BYTES = RATE_BYTES * Math.floor((65_536 - INPUT) / RATE_BYTES)

/** Puts the hash of bytes into 32 others. */
export type Sponge = (bytes: Uint8Array, digest: Uint8Array) => void

const state = new Int32Array(50)

export function plainSponge(bytes: Uint8Array, digest: Uint8Array): void {
  state.fill(0)
  let at = 0
  for (; at + RATE_BYTES <= bytes.length; at += RATE_BYTES) {
    for (let word = 0; word < RATE_WORDS; word++) {
      const i = at + 4 * word
      const low = (bytes[i] as number) | ((bytes[i + 1] as number) << 8)
      state[word] =
        (state[word] as number) ^ (low | ((bytes[i + 2] as number) << 16) | ((bytes[i + 3] as number) << 24))
    }
    keccakF1600(state)
  }
  for (let i = 0; at + i < bytes.length; i++) absorbByte(i, bytes[at + i] as number)
  absorbByte(bytes.length - at, 0x01)
  absorbByte(RATE_BYTES - 1, 0x80)
  keccakF1600(state)
  for (let i = 0; i < DIGEST_BYTES; i++) digest[i] = (state[i >> 2] as number) >>> (8 * (i & 3))
}

function absorbByte(position: number, byte: number): void {
  const word = position >> 2
  state[word] = (state[word] as number) ^ (byte << (8 * (position & 3)))
}

/** The little of WebAssembly that is used; runtimes without it lack the name. */
interface Compiler {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: {
      readonly memory: { readonly buffer: ArrayBuffer }
      readonly absorb: (block: number) => void
    }
  }
}

/** Null where nothing can be compiled. */
export function compiledSponge(): Sponge | null {
  const { WebAssembly: compiler } = globalThis as { readonly WebAssembly?: Compiler }
  if (compiler === undefined) return null
  try {
    const { memory, absorb } = new compiler.Instance(new compiler.Module(keccakModule())).exports
    return spongeOn(new Uint8Array(memory.buffer), absorb)
  } catch {
    return null
  }
}

function spongeOn(memory: Uint8Array, absorb: (block: number) => void): Sponge {
  const constants = new DataView(memory.buffer, CONSTANTS)
  ROUND_CONSTANTS.forEach((word, i) => {
    constants.setInt32(4 * i, word, true)
  })
  return (bytes, digest) => {
    const { length } = bytes
    memory.fill(0, 0, 4 * state.length)
    let at = 0
    for (; at + INPUT_BYTES <= length; at += INPUT_BYTES) {
      memory.set(bytes.subarray(at, at + INPUT_BYTES), INPUT)
      for (let block = 0; block < INPUT_BYTES; block += RATE_BYTES) absorb(INPUT + block)
    }
    memory.set(at === 0 ? bytes : bytes.subarray(at), INPUT)
    const end = INPUT + length - at
    const last = INPUT + RATE_BYTES * Math.floor((length - at) / RATE_BYTES)
    memory.fill(0, end, last + RATE_BYTES)
    memory[end] = 0x01
    memory[last + RATE_BYTES - 1] = (memory[last + RATE_BYTES - 1] as number) | 0x80
    for (let block = INPUT; block <= last; block += RATE_BYTES) absorb(block)
    for (let i = 0; i < DIGEST_BYTES; i++) digest[i] = memory[i] as number
  }
}
