// The machine's measure beside a benchmark's figures.

export const BARE_ADDITIONS = 1_000_000_000

/** So many float additions in a row, each on the result of the one before. */
export function bareLoop(): void {
  let sum = 0
  for (let i = 0; i < BARE_ADDITIONS; i++) sum += 0.5
  if (sum !== BARE_ADDITIONS / 2) throw new Error('A half of each addition is missing.')
}
