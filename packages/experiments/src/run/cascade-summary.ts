// Who could not pay any more in a run, in the order of their fall: from the exposures at the moments that it has.
import { type ExposureNetwork, type Fall, fallsOf } from '@solvent/contagion'

export interface FallSummary {
  readonly id: string
  readonly kind: string
  /** The first moment at which it was seen. */
  readonly atSeconds: number
  readonly round: number
  /** In the numeraire. */
  readonly shortfall: string
  readonly loss: string
  readonly because: readonly { readonly id: string; readonly amount: string }[]
}

const CENTS = 2

export function cascadeSummary(exposures: readonly ExposureNetwork[]): FallSummary[] {
  return fallSummaries(fallsOf(exposures))
}

export function fallSummaries(falls: readonly Fall[]): FallSummary[] {
  return falls.map(({ id, kind, atMs, round, shortfall, loss, causes }) => ({
    id,
    kind,
    atSeconds: atMs / 1_000,
    round,
    shortfall: shortfall.toFixed(CENTS),
    loss: loss.toFixed(CENTS),
    because: causes.map(({ id: cause, amount }) => ({ id: cause, amount: amount.toFixed(CENTS) })),
  }))
}
