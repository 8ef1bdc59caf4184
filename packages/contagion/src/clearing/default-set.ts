/** Who is in default in a round of the fictitious default algorithm, and what all pay in it. */
export interface DefaultSet {
  /** By node, 1 in default. */
  readonly isMember: Uint8Array
  /** By node, 1 while it waits to be paid out anew; all 0 between rounds. */
  readonly isDue: Uint8Array
  /** Nodes in default, in order of their round, then ascending. */
  readonly members: number[]
  /** By slot, paid over owed, 0 to 1; settling the set lowers those of the members. */
  readonly payShare: Float64Array
}
