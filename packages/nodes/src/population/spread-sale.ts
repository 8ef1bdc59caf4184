// What of a sale in equal parts falls on a moment: the parts are so far apart, and the last comes before the next look at which more
// may be there to sell.

export interface SpreadSale {
  /** Not sold yet, base units. */
  readonly unsold: bigint
  readonly elapsedMs: number
  /** Between two looks, and between two parts. */
  readonly checkMs: number
  readonly everyMs: number
}

/**
 * The next part, rounded down; what is left in the end is in the last one.
 *
 * @example partNow({ unsold: 100n, elapsedMs: 120_000, checkMs: 480_000, everyMs: 120_000 }) // 33n: of the parts at 120, 240, 360 s
 */
export function partNow({ unsold, elapsedMs, checkMs, everyMs }: SpreadSale): bigint {
  if (unsold <= 0n) return 0n
  const nextLookMs = (Math.floor(elapsedMs / checkMs) + 1) * checkMs
  return unsold / BigInt(Math.max(1, Math.ceil((nextLookMs - elapsedMs) / everyMs)))
}
