/**
 * Control of the false discovery rate over a family of tests: of what is flagged at q ≤ 0.05, at most 5 % in
 * expectation are false.
 *
 * Sources: Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", JRSS B 57(1), 1995, 289-300 (independent
 * or positively dependent tests); Y. Benjamini, D. Yekutieli, Annals of Statistics 29(4), 2001, 1165-1188 (any
 * dependence, at the price of a factor 1 + 1/2 + … + 1/m).
 */

/** What is known of how the tests of a family depend on each other. */
export type Dependence = 'positive' | 'any'

/**
 * The q value of each p value: the least rate of false discoveries at which it would be flagged. A null is a test that
 * could not be made; it stays null and does not count into the family.
 *
 * @example falseDiscoveryRates([0.01, 0.04, 0.03, null], 'positive') // [0.03, 0.04, 0.04, null]
 */
export function falseDiscoveryRates(
  pValues: readonly (number | null)[],
  dependence: Dependence,
): (number | null)[] {
  const made = pValues.flatMap((p, at) => (p === null ? [] : [{ p, at }])).sort((a, b) => b.p - a.p)
  const penalty = dependence === 'positive' ? 1 : made.reduce((sum, _, index) => sum + 1 / (index + 1), 0)
  const qValues = pValues.map((): number | null => null)
  let least = 1
  for (const [index, { p, at }] of made.entries()) {
    least = Math.min(least, p * penalty * (made.length / (made.length - index)))
    qValues[at] = least
  }
  return qValues
}
