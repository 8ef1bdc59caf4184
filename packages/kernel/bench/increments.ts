/** Exponential waiting times in whole milliseconds at the price of an xorshift and a look-up, equal for all loops. */

const SIZE = 65_536

/** A generator of increments with the given mean (ms); equal means give equal sequences. */
export function createIncrements(meanMs: number): () => number {
  const table = new Int32Array(SIZE)
  for (let n = 0; n < SIZE; n++) table[n] = Math.round(-Math.log(1 - (n + 0.5) / SIZE) * meanMs)
  let state = 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return table[state & (SIZE - 1)]!
  }
}
