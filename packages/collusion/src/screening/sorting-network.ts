/**
 * Which places to compare, pair after pair, so that whatever stood in them ends in ascending order: the odd–even merge sort of
 * K. Batcher, "Sorting networks and their applications", AFIPS 32, 1968 (D. Knuth, TAOCP 3, 5.2.2, algorithm M, for any n).
 */

const known = new Map<number, Int32Array>()

/**
 * Pairs of places, the lower first.
 *
 * @example sortingNetwork(3) // [0, 2, 0, 1, 1, 2]
 */
export function sortingNetwork(places: number): Int32Array {
  const made = known.get(places)
  if (made !== undefined) return made
  const network = Int32Array.from(comparisons(places))
  known.set(places, network)
  return network
}

function comparisons(places: number): number[] {
  const pairs: number[] = []
  let top = 1
  while (top * 2 < places) top *= 2
  for (let p = top; p > 0; p >>= 1) {
    let q = top
    let r = 0
    let distance = p
    while (true) {
      for (let at = 0; at < places - distance; at++) if ((at & p) === r) pairs.push(at, at + distance)
      if (q === p) break
      distance = q - p
      q >>= 1
      r = p
    }
  }
  return pairs
}
