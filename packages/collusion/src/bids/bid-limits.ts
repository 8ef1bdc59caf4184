// How many bids can be screened at once: what fits into memory with every test.

export const MOST_BIDS_BYTES = 64 * 1_048_576
const MOST_TENDERS = 100_000
const MOST_BIDDERS = 2_000
/** Tenders × bidders, whether or not they bid. */
const MOST_CELLS = 20_000_000

/** Amounts from the one to the other: their fourth powers are still numbers. */
export const LEAST_AMOUNT = 1e-60
export const MOST_AMOUNT = 1e60

/** What exceeds a limit, as a line for a person; undefined when nothing does. */
export function beyondLimits(tenders: number, bidders: number): string | undefined {
  if (tenders > MOST_TENDERS) return `${tenders} tenders; at most ${MOST_TENDERS} are screened at once`
  if (bidders > MOST_BIDDERS) return `${bidders} bidders; at most ${MOST_BIDDERS} are screened at once`
  if (tenders * bidders > MOST_CELLS)
    return `${tenders} tenders × ${bidders} bidders; at most ${MOST_CELLS} pairs of them are screened at once`
  return undefined
}
