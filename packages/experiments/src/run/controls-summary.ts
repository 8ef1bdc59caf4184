// The controls' part of a run's summary; expectations reach it as `controls.breakers[pair].trips`.
import type { RunReport } from '@solvent/nodes'

export interface ControlsSummary {
  readonly breakers: readonly {
    readonly id: string
    readonly trips: number
    readonly haltedSeconds: number
    /** Calls that a halt refused. */
    readonly refused: number
  }[]
  readonly outflowLimits: readonly {
    readonly id: string
    /** The most that left within a window, and the most that may: base units. */
    readonly peak: string
    readonly amount: string
    readonly refused: number
  }[]
  readonly authorities: RunReport['controls']['authorities']
}

export function controlsSummary({ controls }: RunReport): ControlsSummary {
  return {
    breakers: controls.breakers,
    outflowLimits: controls.outflowLimits.map(({ id, peak, amount, refused }) => ({
      id,
      peak: String(peak),
      amount: String(amount),
      refused,
    })),
    authorities: controls.authorities,
  }
}
