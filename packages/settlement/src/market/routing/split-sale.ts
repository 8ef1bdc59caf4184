// A sale divided over several venues, so that the last unit brings the same everywhere: part by part, each to the venue that pays most for it. Where
// what a venue pays is concave in what it is given, as in every market here, that is the best division to within a part. A book takes whole lots: what
// is judged is what a part brings for what is taken of it, and the rest is offered to all again. Source: Angeris, Evans,
// Chitra, Boyd 2022, Optimal routing for constant function market makers (the problem is convex; here solved greedily for any design).

export interface SaleLeg<V> {
  readonly venue: V
  readonly amountIn: bigint
  readonly amountOut: bigint
}

/** What a venue takes of an amount in all, and pays for it. */
export interface SaleQuote {
  readonly amountIn: bigint
  readonly amountOut: bigint
}

/** Parts into which a sale is divided. */
const PARTS = 64n

/**
 * @param quote of an amount in all; a venue that refuses takes and pays nothing
 * @returns the venues that are given something; together less than the amount when nobody takes the rest
 */
export function splitSale<V>(
  venues: readonly V[],
  amountIn: bigint,
  quote: (venue: V, amountIn: bigint) => SaleQuote,
): SaleLeg<V>[] {
  const legs = venues.map((venue) => ({ venue, amountIn: 0n, amountOut: 0n }))
  let left = amountIn
  while (left > 0n) {
    const part = partOf(amountIn, left)
    let best: { readonly leg: (typeof legs)[number]; readonly taken: bigint; readonly paid: bigint } | null =
      null
    for (const leg of legs) {
      const { amountIn: all, amountOut } = quote(leg.venue, leg.amountIn + part)
      const [taken, paid] = [all - leg.amountIn, amountOut - leg.amountOut]
      if (taken <= 0n || paid <= 0n) continue
      if (best === null || paid * best.taken > best.paid * taken) best = { leg, taken, paid }
    }
    if (best === null) break
    best.leg.amountIn += best.taken
    best.leg.amountOut += best.paid
    left -= best.taken
  }
  return legs.filter((leg) => leg.amountIn > 0n)
}

function partOf(amountIn: bigint, left: bigint): bigint {
  const part = (amountIn + PARTS - 1n) / PARTS
  return part < left ? part : left
}
