// A sale divided over several venues, so that the last unit brings the same everywhere: part by part, each to the venue that pays most for it. Where
// what a venue pays is concave in what it is given, as in every market here, that is the best division to within a part. Source: Angeris, Evans,
// Chitra, Boyd 2022, Optimal routing for constant function market makers (the problem is convex; here solved greedily for any design).

export interface SaleLeg<V> {
  readonly venue: V
  readonly amountIn: bigint
  readonly amountOut: bigint
}

/** Parts into which a sale is divided. */
const PARTS = 64n

/**
 * @param quote what a venue pays for an amount in all, 0 when it refuses
 * @returns the venues that are given something; together less than the amount when nobody takes the rest
 */
export function splitSale<V>(
  venues: readonly V[],
  amountIn: bigint,
  quote: (venue: V, amountIn: bigint) => bigint,
): SaleLeg<V>[] {
  const legs = venues.map((venue) => ({ venue, amountIn: 0n, amountOut: 0n }))
  let left = amountIn
  while (left > 0n) {
    const part = partOf(amountIn, left)
    let best: { readonly leg: (typeof legs)[number]; readonly amountOut: bigint } | null = null
    for (const leg of legs) {
      const amountOut = quote(leg.venue, leg.amountIn + part)
      if (amountOut <= leg.amountOut) continue
      if (best === null || amountOut - leg.amountOut > best.amountOut - best.leg.amountOut)
        best = { leg, amountOut }
    }
    if (best === null) break
    best.leg.amountIn += part
    best.leg.amountOut = best.amountOut
    left -= part
  }
  return legs.filter((leg) => leg.amountIn > 0n)
}

function partOf(amountIn: bigint, left: bigint): bigint {
  const part = (amountIn + PARTS - 1n) / PARTS
  return part < left ? part : left
}
