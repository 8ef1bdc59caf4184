// A sale divided over several ways to what is bought, each of one step or of several one after another, so that the last unit brings the same on each:
// part by part, each to the way that pays most for it. Where what a step pays is concave in what it is given, as in every market here, that is the
// best division to within a part; ways that share a step share its depth. A book takes whole lots: what is judged is what a part brings
// for what is taken of it, and the rest is offered to all again. Source: Angeris, Evans, Chitra, Boyd 2022, Optimal routing for constant
// function market makers (the problem is convex; here solved greedily for any design).

/** What goes one way. */
export interface SaleLeg<S> {
  readonly path: readonly S[]
  readonly amountIn: bigint
  readonly amountOut: bigint
}

/** What a step takes of an amount in all, and pays for it. */
export interface SaleQuote {
  readonly amountIn: bigint
  readonly amountOut: bigint
}

/** What a part would bring along a path, and what each of its steps would have been given in all by then. */
interface Trial<S> {
  readonly taken: bigint
  readonly paid: bigint
  readonly totals: readonly (readonly [S, SaleQuote])[]
}

interface OpenLeg<S> {
  readonly path: readonly S[]
  amountIn: bigint
  amountOut: bigint
  /** What the next part would bring as things stand; null: nothing; undefined: to be asked. */
  trial: Trial<S> | null | undefined
}

/** Parts into which a sale is divided. */
const PARTS = 64n
const NOTHING: SaleQuote = { amountIn: 0n, amountOut: 0n }

/**
 * @param paths steps in order, each giving what it pays to the next; no step twice in one path
 * @param quote of an amount in all that one step is given; a step that refuses takes and pays nothing
 * @returns the paths that are given something; together less than the amount when nobody takes the rest
 * @example splitSale([['USDC to ETH'], ['USDC to DAI', 'DAI to ETH']], 64_000_000n, quoteOf)
 */
export function splitSale<S>(
  paths: readonly (readonly S[])[],
  amountIn: bigint,
  quote: (step: S, amountIn: bigint) => SaleQuote,
): SaleLeg<S>[] {
  const legs: OpenLeg<S>[] = paths.map((path) => ({ path, amountIn: 0n, amountOut: 0n, trial: undefined }))
  const totals = new Map<S, SaleQuote>()
  let left = amountIn
  let part = partOf(amountIn, left)
  while (left > 0n) {
    for (const leg of legs) if (leg.trial === undefined) leg.trial = tryPart(leg.path, part, totals, quote)
    const best = bestOf(legs)
    let next = left
    if (best !== null) {
      best.leg.amountIn += best.trial.taken
      best.leg.amountOut += best.trial.paid
      left -= best.trial.taken
      for (const [step, total] of best.trial.totals) totals.set(step, total)
      next = partOf(amountIn, left)
    } else if (part === left) break
    // Whoever has lost depth, or is offered another amount, is asked again. A part may be less than the lot of a book, and all that is left more.
    const used = new Set(best?.trial.totals.map(([step]) => step))
    for (const leg of legs)
      if (next !== part || leg.path.some((step) => used.has(step))) leg.trial = undefined
    part = next
  }
  return legs.flatMap(({ path, amountIn, amountOut }) =>
    amountIn > 0n ? [{ path, amountIn, amountOut }] : [],
  )
}

function tryPart<S>(
  path: readonly S[],
  part: bigint,
  totals: ReadonlyMap<S, SaleQuote>,
  quote: (step: S, amountIn: bigint) => SaleQuote,
): Trial<S> | null {
  let [taken, amount] = [0n, part]
  const after: [S, SaleQuote][] = []
  for (const step of path) {
    const before = totals.get(step) ?? NOTHING
    const total = quote(step, before.amountIn + amount)
    const [takes, pays] = [total.amountIn - before.amountIn, total.amountOut - before.amountOut]
    if (takes <= 0n || pays <= 0n) return null
    if (after.length === 0) taken = takes
    after.push([step, total])
    amount = pays
  }
  return { taken, paid: amount, totals: after }
}

function bestOf<S>(
  legs: readonly OpenLeg<S>[],
): { readonly leg: OpenLeg<S>; readonly trial: Trial<S> } | null {
  let best: { readonly leg: OpenLeg<S>; readonly trial: Trial<S> } | null = null
  for (const leg of legs) {
    const trial = leg.trial ?? null
    if (trial === null) continue
    if (best === null || trial.paid * best.trial.taken > best.trial.paid * trial.taken) best = { leg, trial }
  }
  return best
}

function partOf(amountIn: bigint, left: bigint): bigint {
  const part = (amountIn + PARTS - 1n) / PARTS
  return part < left ? part : left
}
