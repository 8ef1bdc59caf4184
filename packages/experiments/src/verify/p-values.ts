// The p values of what a file expects, apart from the rest: files give them a tolerance of their own.

const P_VALUE = /^p$|_p$|_p_|^p_/

/** A copy that keeps only p values, or only the others; lists keep their length. */
export function partOf(want: unknown, part: 'p-values' | 'statistics'): unknown {
  if (Array.isArray(want)) return want.map((item) => partOf(item, part))
  if (typeof want !== 'object' || want === null) return want
  return Object.fromEntries(
    Object.entries(want).flatMap(([key, value]) => {
      const isNested = Array.isArray(value)
        ? value.some((item) => typeof item === 'object')
        : typeof value === 'object' && value !== null
      if (isNested) return [[key, partOf(value, part)]]
      return P_VALUE.test(key) === (part === 'p-values') ? [[key, value]] : []
    }),
  )
}
