/**
 * How much of a loss came through each channel: Shapley values of the game in which a coalition of channels is worth the loss with
 * only these open (Shapley 1953, A value for n-person games; for risk attribution Tarashev, Tsatsaronis, Borio 2016, Review of
 * Finance 20:1189).
 *
 * Values are integers of any unit, so that the parts sum to the whole exactly: sums are kept times n!, and what division leaves over
 * goes to the largest remainders, ties to the first.
 */
import { SolventError } from '@solvent/primitives'

/** Which channels are open: bit i is channel i. */
export type Coalition = number

export interface ShapleyValues {
  readonly method: 'exact' | 'sampled'
  /** One for each channel; sum is `whole`. */
  readonly parts: readonly bigint[]
  /** Standard error of each part; 0 where exact. */
  readonly standardErrors: readonly number[]
  /** Worth of all channels less that of none. */
  readonly whole: bigint
  /** Worth with every channel closed: what came through none of them. */
  readonly rest: bigint
  /** Coalitions whose worth was asked for. */
  readonly evaluations: number
}

/** Up to this many channels all coalitions are evaluated: 256. */
export const MOST_EXACT = 8
export const MOST_CHANNELS = 30

/**
 * Shapley values from all 2ⁿ coalitions.
 *
 * @param channels how many, 1 to 8
 * @param worth of a coalition, in integers; asked once for each
 * @throws SolventError E_RANGE
 * @example exactShapley(2, (open) => (open === 3 ? 10n : 0n)).parts // [5n, 5n]
 */
export function exactShapley(channels: number, worth: (open: Coalition) => bigint): ShapleyValues {
  checkCount(channels, MOST_EXACT)
  const worths = Array.from({ length: 1 << channels }, (_, open) => worth(open))
  const sums = new Array<bigint>(channels).fill(0n)
  worths.forEach((before, open) => {
    const weight = factorial(sizeOf(open)) * factorial(channels - sizeOf(open) - 1)
    for (let channel = 0; channel < channels; channel++) {
      if ((open & (1 << channel)) !== 0) continue
      sums[channel]! += weight * (worths[open | (1 << channel)]! - before)
    }
  })
  const whole = worths.at(-1)! - worths[0]!
  return {
    method: 'exact',
    parts: shared(sums, factorial(channels), whole),
    standardErrors: sums.map(() => 0),
    whole,
    rest: worths[0]!,
    evaluations: worths.length,
  }
}

/**
 * Shapley values from random orders of opening (Castro, Gómez, Tejada 2009, Computers & Operations Research 36:1726), each taken with
 * its reverse, which lowers the error. Every order gives away the whole, and so do the means.
 *
 * @param channels how many, 1 to 30
 * @param worth of a coalition; asked once for each that comes up
 * @param pairs of an order and its reverse, at least 2
 * @param draw a uniform number below a bound: `rng.below`
 * @throws SolventError E_RANGE
 */
export function sampledShapley(
  channels: number,
  worth: (open: Coalition) => bigint,
  { pairs, draw }: { readonly pairs: number; readonly draw: (bound: number) => number },
): ShapleyValues {
  checkCount(channels, MOST_CHANNELS)
  if (!(Number.isInteger(pairs) && pairs >= 2))
    throw new SolventError({
      code: 'E_RANGE',
      message: 'A standard error needs two pairs of orders at least.',
      details: { pairs },
    })
  const known = new Map<Coalition, bigint>()
  const worthOf = (open: Coalition): bigint => {
    const value = known.get(open) ?? worth(open)
    known.set(open, value)
    return value
  }
  const sums = new Array<bigint>(channels).fill(0n)
  const squares = new Array<number>(channels).fill(0)
  for (let pair = 0; pair < pairs; pair++) {
    const order = shuffled(channels, draw)
    const ofPair = new Array<bigint>(channels).fill(0n)
    for (const each of [order, order.toReversed()]) {
      let open = 0
      for (const channel of each) {
        ofPair[channel]! += worthOf(open | (1 << channel)) - worthOf(open)
        open |= 1 << channel
      }
    }
    ofPair.forEach((twice, channel) => {
      sums[channel]! += twice
      squares[channel]! += (Number(twice) / 2) * (Number(twice) / 2)
    })
  }
  const all = (1 << channels) - 1
  const whole = worthOf(all) - worthOf(0)
  return {
    method: 'sampled',
    parts: shared(sums, BigInt(2 * pairs), whole),
    standardErrors: sums.map((sum, channel) => {
      const mean = Number(sum) / (2 * pairs)
      const variance = Math.max(0, squares[channel]! - pairs * mean * mean) / (pairs - 1)
      return Math.sqrt(variance / pairs)
    }),
    whole,
    rest: worthOf(0),
    evaluations: known.size,
  }
}

/** Quotients that sum to the whole: rounded down, then one more for the largest remainders. */
function shared(sums: readonly bigint[], divisor: bigint, whole: bigint): bigint[] {
  const parts = sums.map((sum) => floorDivide(sum, divisor))
  const byRemainder = sums
    .map((sum, at) => ({ at, remainder: sum - parts[at]! * divisor }))
    .sort((a, b) => (a.remainder === b.remainder ? a.at - b.at : a.remainder > b.remainder ? -1 : 1))
  let left = whole - parts.reduce((total, part) => total + part, 0n)
  for (const { at } of byRemainder) {
    if (left === 0n) break
    parts[at]! += 1n
    left -= 1n
  }
  return parts
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor
  return value < 0n && quotient * divisor !== value ? quotient - 1n : quotient
}

/** Fisher–Yates. */
function shuffled(channels: number, draw: (bound: number) => number): number[] {
  const order = Array.from({ length: channels }, (_, channel) => channel)
  for (let last = channels - 1; last > 0; last--) {
    const other = draw(last + 1)
    const moved = order[last]!
    order[last] = order[other]!
    order[other] = moved
  }
  return order
}

function sizeOf(open: Coalition): number {
  let size = 0
  for (let rest = open; rest > 0; rest >>>= 1) size += rest & 1
  return size
}

function factorial(n: number): bigint {
  let product = 1n
  for (let factor = 2; factor <= n; factor++) product *= BigInt(factor)
  return product
}

function checkCount(channels: number, most: number): void {
  if (Number.isInteger(channels) && channels >= 1 && channels <= most) return
  throw new SolventError({
    code: 'E_RANGE',
    message: 'The number of channels is out of range.',
    details: { channels, least: 1, most },
  })
}
