// C-7 and C-8 on what models of contagion come to, recounted from the claims. Float64 in one unit of account; sums are
// compared within a share of the largest amounts, since models may add in another order.

/** A claim of a creditor on a debtor. */
export interface AuditedClaim {
  readonly creditor: number
  readonly debtor: number
  readonly amount: number
}

export interface AuditedCascade {
  /** Institutions. */
  readonly n: number
  readonly claims: readonly AuditedClaim[]
  /** What each can lose before its creditors do. */
  readonly buffers: ArrayLike<number>
  readonly lossGivenDefault: number
  /** By institution: −1 never, else the round in which it failed. */
  readonly defaultRound: ArrayLike<number>
  readonly rounds: number
  /** By institution, on claims on all that failed. */
  readonly finalLoss: ArrayLike<number>
}

/** Sums in another order differ by less, as a share of what is summed. */
const SUMMED = 1e-9

/**
 * What of C-7 a default cascade breaks, empty when nothing: at most n + 1 rounds, none skipped; what owners and creditors lose is what claims
 * on the failed were marked down by, each claim once.
 */
export function cascadeBreaches(cascade: AuditedCascade): string[] {
  const { n, claims, buffers, lossGivenDefault, defaultRound, rounds, finalLoss } = cascade
  const breaches: string[] = []
  if (rounds > n + 1) breaches.push(`${rounds} rounds among ${n} institutions`)
  const seen = new Set(Array.from({ length: n }, (_, at) => defaultRound[at]!))
  for (let round = 1; round <= rounds; round++)
    if (!seen.has(round)) breaches.push(`nobody fails in round ${round} of ${rounds}`)
  const markDowns = new Array<number>(n).fill(0)
  for (const { creditor, debtor, amount } of claims)
    if (defaultRound[debtor] !== -1) markDowns[creditor]! += lossGivenDefault * amount
  let [equity, beyond, marked] = [0, 0, 0]
  for (let at = 0; at < n; at++) {
    const lost = finalLoss[at]!
    const expected = markDowns[at]!
    if (!isSame(lost, expected, expected))
      breaches.push(
        `institution ${at} lost ${lost}, and its claims on the failed were marked down by ${expected}`,
      )
    equity += Math.min(lost, buffers[at]!)
    beyond += Math.max(0, lost - buffers[at]!)
    marked += expected
  }
  if (!isSame(equity + beyond, marked, marked))
    breaches.push(`owners lost ${equity} and creditors ${beyond}, and claims were marked down by ${marked}`)
  return breaches
}

export interface AuditedClearing {
  readonly n: number
  readonly claims: readonly AuditedClaim[]
  readonly externalAssets: ArrayLike<number>
  readonly externalDebts: ArrayLike<number>
  /** Shares of outside assets and of receipts that a default leaves. */
  readonly alpha: number
  readonly beta: number
  readonly payments: ArrayLike<number>
  readonly equity: ArrayLike<number>
  readonly externalReceived: ArrayLike<number>
  readonly rounds: number
}

/**
 * What of C-7 a clearing of debts of one rank breaks, empty when nothing: at most n + 1 rounds; every payment is all that is owed or all that is left,
 * within 10⁻⁹ of the largest amount; owners, outside creditors and bankruptcy share out what there is.
 */
export function clearingBreaches(clearing: AuditedClearing): string[] {
  const {
    n,
    claims,
    externalAssets,
    externalDebts,
    alpha,
    beta,
    payments,
    equity,
    externalReceived,
    rounds,
  } = clearing
  const breaches: string[] = rounds > n + 1 ? [`${rounds} rounds among ${n} institutions`] : []
  const owed = Array.from({ length: n }, (_, at) => externalDebts[at]!)
  for (const { debtor, amount } of claims) owed[debtor]! += amount
  const received = new Array<number>(n).fill(0)
  for (const { creditor, debtor, amount } of claims)
    received[creditor]! += owed[debtor] === 0 ? 0 : (payments[debtor]! * amount) / owed[debtor]!
  const largest = Math.max(0, ...owed, ...Array.from({ length: n }, (_, at) => externalAssets[at]!))
  let [shared, destroyed, there] = [0, 0, 0]
  for (let at = 0; at < n; at++) {
    const assets = externalAssets[at]! + received[at]!
    const isDefault = payments[at]! < owed[at]! - SUMMED * largest
    const left = isDefault ? alpha * externalAssets[at]! + beta * received[at]! : owed[at]!
    if (!isSame(payments[at]!, Math.min(owed[at]!, left), largest))
      breaches.push(`institution ${at} pays ${payments[at]}; it owes ${owed[at]} and has ${left} left`)
    if (!isDefault && payments[at]! > assets + SUMMED * largest)
      breaches.push(`institution ${at} pays ${payments[at]} of assets of ${assets}`)
    shared += equity[at]! + externalReceived[at]!
    destroyed += isDefault ? (1 - alpha) * externalAssets[at]! + (1 - beta) * received[at]! : 0
    there += externalAssets[at]!
  }
  if (!isSame(shared + destroyed, there, n * largest))
    breaches.push(
      `owners and outside creditors have ${shared}, bankruptcy destroyed ${destroyed}, of outside assets of ${there}`,
    )
  return breaches
}

/**
 * What of C-8 outcomes break: a larger shock never lowers the loss, where nothing is sold in a hurry.
 *
 * @param outcomes in any order
 */
export function monotoneBreaches(
  outcomes: readonly { readonly shock: number; readonly loss: number }[],
): string[] {
  const bySize = outcomes.toSorted((a, b) => a.shock - b.shock)
  return bySize.flatMap((larger, at) => {
    const smaller = bySize[at - 1]
    if (smaller === undefined || larger.loss >= smaller.loss - SUMMED * Math.abs(smaller.loss)) return []
    return [`a shock of ${larger.shock} costs ${larger.loss}, one of ${smaller.shock} costs ${smaller.loss}`]
  })
}

function isSame(value: number, expected: number, scale: number): boolean {
  return Math.abs(value - expected) <= SUMMED * Math.max(1e-300, Math.abs(scale))
}
