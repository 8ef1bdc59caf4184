// A consistency budget shared again, for O-14: each solver's part is its success rate times its parts of what was offered for each order, over all solvers' (CoW
// Protocol: CIP-85). Exact up to the rounding of parts to 10^-18: by cross-multiplication over one denominator, no more than a unit and a part beside.
import type { ConsistencyShares } from '@solvent/protocol'

const PART = 10n ** 18n

/** What is wrong with how a budget was shared, or null. */
export function consistencyProblem({ budget, records }: ConsistencyShares): string | null {
  const offered = new Map<string, bigint>()
  for (const { proposed } of records)
    for (const { orderId, surplus } of proposed) offered.set(orderId, (offered.get(orderId) ?? 0n) + surplus)
  const weights = records.map(({ solver, won, settled, proposed }) => {
    if (settled > won || settled < 0) return `counts ${settled} of ${won} of ${solver} as settled`
    if (won === 0) return 0n
    const parts = proposed.reduce((sum, { orderId, surplus }) => {
      const all = offered.get(orderId) ?? 0n
      return all === 0n ? sum : sum + (surplus * PART) / all
    }, 0n)
    return (parts * BigInt(settled)) / BigInt(won)
  })
  const wrong = weights.find((weight) => typeof weight === 'string')
  if (wrong !== undefined) return wrong as string
  const all = (weights as bigint[]).reduce((sum, weight) => sum + weight, 0n)
  for (const [index, { solver, reward }] of records.entries()) {
    const weight = weights[index] as bigint
    const isRight =
      all === 0n || budget <= 0n
        ? reward === 0n
        : reward * all <= budget * weight && budget * weight < (reward + 1n) * all
    if (!isRight) return `gives ${solver} ${reward} of ${budget} for ${weight} of ${all}`
  }
  return null
}
