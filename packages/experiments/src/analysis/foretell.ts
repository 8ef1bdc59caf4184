// How well a figure tells the runs in which something happened from the others: the receiver operating characteristic.
import { type Roc, rocOf } from '@solvent/collusion'

export interface Foretelling extends Roc {
  readonly metric: string
  /** A metric that is above zero in the runs in which it happened. */
  readonly outcome: string
  readonly happened: number
  readonly runs: number
}

/** Over all runs that have both; null where it happened in all of them or in none. */
export function foretell(
  metric: string,
  column: Float64Array,
  outcome: string,
  outcomes: Float64Array,
): Foretelling | null {
  const both = [...column.keys()].filter((at) => !Number.isNaN(column[at]!) && !Number.isNaN(outcomes[at]!))
  const labels = both.map((at) => (outcomes[at]! > 0 ? 1 : 0))
  const roc = rocOf(
    both.map((at) => column[at]!),
    labels,
  )
  if (roc === null) return null
  const happened = labels.filter((label) => label === 1).length
  return { metric, outcome, happened, runs: both.length, ...roc }
}
