// The names of the invariants that the audit evaluates. Stable: reports, tests and documents use them.
// L ledger, O orders, S signatures and messages, B bridges, T time and blocks, R recovery.

/** In the order of the catalogue. */
export const invariantIds = [
  'L-1', 'L-2', 'L-3', 'L-4', 'L-5', 'L-6', 'L-7', 'L-8', 'L-9',
  'O-1', 'O-2', 'O-3', 'O-4', 'O-5', 'O-6', 'O-7', 'O-8', 'O-9', 'O-10', 'O-11', 'O-12', 'O-13', 'O-14', 'O-15',
  'S-1', 'S-2', 'S-3', 'S-4', 'S-5', 'S-6',
  'B-1', 'B-2', 'B-7', 'B-8',
  'T-1', 'T-2', 'T-3', 'T-5',
  'R-4',
] as const
export type InvariantId = (typeof invariantIds)[number]
