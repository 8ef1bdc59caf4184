const DIGITS = 1_000_000_000_000n

/** A part of a whole as a fraction, cut to twelve decimals. */
export function share(part: bigint, whole: bigint): number {
  return whole <= 0n ? 0 : Number((part * DIGITS) / whole) / Number(DIGITS)
}
