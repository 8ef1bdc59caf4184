// Receipts in the name of what is lent: `second/main/USDC`. Shapes of the file know it, and so rest on nothing else.

/** How deep receipts may lie in each other: with a share and its oracles below it stays within what contracts look through. */
export const MOST_RECEIPTS = 12

/** The pools whose receipts it is, the outermost first. */
export function receiptsOf(lent: string): readonly string[] {
  return lent.split('/').slice(0, -1)
}
