// Moments in lists that are in order of time.

/** How many of a list in order of time are at or before the moment. */
export function countUpTo<Item>(
  items: readonly Item[],
  atMs: number,
  timeOf: (item: Item) => number,
): number {
  let [from, to] = [0, items.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (timeOf(items[middle]!) <= atMs) from = middle + 1
    else to = middle
  }
  return from
}
