/**
 * A WebAssembly module with one function, put together here from its instructions: it takes a block of the rate into a Keccak
 * state and permutes (FIPS 202 §3.2, §3.3; bytes of the WebAssembly Core Specification 2.0, §5). Its lanes are the 64 bits
 * that the standard means, in a quarter of the instructions that pairs of int32 take.
 *
 * The memory has the state in its first 200 bytes and the round constants at `CONSTANTS`; the function's argument is where
 * the block is.
 */

/** Where the 24 round constants are, 8 bytes each. */
export const CONSTANTS = 256
const ROUNDS = 24
const LANES = 25
/** 64-bit lanes of a block of Keccak-256. */
const RATE_LANES = 17
const LANE_BYTES = 8

/** Rotations of rho and places of pi along the one cycle on which all lanes but the first lie, from lane 1 on. */
const ROTATIONS = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44]
const PLACES = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1]

const I32 = 0x7f
const I64 = 0x7e
/** Locals: the argument, a pointer to the round's constant, the lanes, the parities of columns, two lanes in hand. */
const BLOCK = 0
const ROUND = 1
const FIRST_LANE = 2
const FIRST_COLUMN = FIRST_LANE + LANES
const HELD = FIRST_COLUMN + 5
const NEXT = HELD + 1

const xor = 0x85
const and = 0x83
const rotl = 0x89

const get = (local: number): number[] => [0x20, local]
const set = (local: number): number[] => [0x21, local]
const i32 = (value: number): number[] => [0x41, ...signed(value)]
const i64 = (value: number): number[] => [0x42, ...signed(value)]
const load = (offset: number): number[] => [0x29, 0, ...unsigned(offset)]
const store = (offset: number): number[] => [0x37, 0, ...unsigned(offset)]
const lane = (i: number): number => FIRST_LANE + i
const column = (x: number): number => FIRST_COLUMN + (x % 5)

/** The module's bytes. It exports `memory` and `absorb`. */
export function keccakModule(): Uint8Array {
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [[0x60, 1, I32, 0]]),
    ...section(3, [[0]]),
    ...section(5, [[0, 1]]),
    ...section(7, [
      [...text('memory'), 2, 0],
      [...text('absorb'), 0, 0],
    ]),
    ...section(10, [sized([2, 1, I32, NEXT - ROUND, I64, ...absorb(), 0x0b])]),
  ])
}

function absorb(): number[] {
  const lanes = Array.from({ length: LANES }, (_, i) => i)
  return [
    ...lanes.flatMap((i) => [
      ...[...i32(0), ...load(LANE_BYTES * i)],
      ...(i < RATE_LANES ? [...get(BLOCK), ...load(LANE_BYTES * i), xor] : []),
      ...set(lane(i)),
    ]),
    ...[...i32(CONSTANTS), ...set(ROUND)],
    ...[0x03, 0x40, ...round()],
    // The next constant, unless this was the last: i32.add, local.tee, i32.lt_u, br_if.
    ...[...get(ROUND), ...i32(LANE_BYTES), 0x6a, 0x22, ROUND],
    ...[...i32(CONSTANTS + LANE_BYTES * ROUNDS), 0x49, 0x0d, 0, 0x0b],
    ...lanes.flatMap((i) => [...i32(0), ...get(lane(i)), ...store(LANE_BYTES * i)]),
  ]
}

function round(): number[] {
  const five = [0, 1, 2, 3, 4]
  const theta = [
    ...five.flatMap((x) => [
      ...get(lane(x)),
      ...[1, 2, 3, 4].flatMap((y) => [...get(lane(x + 5 * y)), xor]),
      ...set(column(x)),
    ]),
    ...five.flatMap((x) => [
      ...[...get(column(x + 4)), ...get(column(x + 1)), ...i64(1), rotl, xor, ...set(HELD)],
      ...five.flatMap((y) => [...get(lane(x + 5 * y)), ...get(HELD), xor, ...set(lane(x + 5 * y))]),
    ]),
  ]
  const rhoAndPi = [
    ...[...get(lane(1)), ...set(HELD)],
    ...PLACES.flatMap((place, i) => [
      ...[...get(lane(place)), ...set(NEXT)],
      ...[...get(HELD), ...i64(ROTATIONS[i] as number), rotl, ...set(lane(place))],
      ...[...get(NEXT), ...set(HELD)],
    ]),
  ]
  const chi = five.flatMap((y) => [
    ...five.flatMap((x) => [...get(lane(x + 5 * y)), ...set(column(x))]),
    ...five.flatMap((x) => [
      ...[...get(column(x)), ...get(column(x + 1)), ...i64(-1), xor],
      ...[...get(column(x + 2)), and, xor, ...set(lane(x + 5 * y))],
    ]),
  ])
  const iota = [...get(lane(0)), ...get(ROUND), ...load(0), xor, ...set(lane(0))]
  return [...theta, ...rhoAndPi, ...chi, ...iota]
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  return [id, ...sized([items.length, ...items.flat()])]
}

function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes]
}

function text(name: string): number[] {
  return sized(Array.from(name, (letter) => letter.charCodeAt(0)))
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)]
}
