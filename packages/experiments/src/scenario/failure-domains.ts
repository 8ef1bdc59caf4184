// Verifiers that share a data source or an operator fail together: they count once (S-7). The effective quorum of a bridge
// is how few domains reach its threshold, of how many there are.

export interface EffectiveQuorum {
  /** The least number of domains whose verifiers reach the threshold. */
  readonly threshold: number
  readonly domains: number
  /** Those domains, the largest first. */
  readonly enough: readonly string[]
}

/**
 * @param domains the domain of each verifier
 * @example effectiveQuorum(['a', 'a', 'a', 'b', 'c'], 3) // { threshold: 1, domains: 3, enough: ['a'] }
 */
export function effectiveQuorum(domains: readonly string[], threshold: number): EffectiveQuorum {
  const sizes = new Map<string, number>()
  for (const domain of domains) sizes.set(domain, (sizes.get(domain) ?? 0) + 1)
  const largestFirst = [...sizes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  const enough: string[] = []
  let reached = 0
  for (const [domain, size] of largestFirst) {
    if (reached >= threshold) break
    enough.push(domain)
    reached += size
  }
  return { threshold: enough.length, domains: sizes.size, enough }
}
