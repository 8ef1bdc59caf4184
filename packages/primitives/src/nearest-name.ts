/** "Did you mean": the allowed name nearest to a mistyped one. */

const MAX_DISTANCE = 2
const MAX_LENGTH = 64

/**
 * The allowed name within two edits (insert, delete, replace, swap of neighbours) of what was written;
 * the first of the nearest, or undefined. Capitals count as one edit, so `Seed` finds `seed`.
 *
 * @example nearestName('latencyMS', ['latencyMs', 'lossRate']) // 'latencyMs'
 */
export function nearestName(got: string, allowed: readonly string[]): string | undefined {
  if (got.length > MAX_LENGTH) return undefined
  let nearest: string | undefined
  let best = MAX_DISTANCE + 1
  for (const name of allowed) {
    if (Math.abs(name.length - got.length) >= best) continue
    const distance = editDistance(got, name)
    // A name of which nothing would be left is no suggestion: "a" is not a misspelt "id".
    if (distance < best && distance < Math.max(name.length, got.length)) {
      best = distance
      nearest = name
    }
  }
  return nearest
}

/** Optimal string alignment distance (Damerau–Levenshtein with each pair swapped at most once). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] as number) + 1)
      }
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] as number
}
