// Flags what is unusual while a run proceeds: every so often each signal goes through its CUSUM, and each level that the statistic passes is
// told once a run. Like snapshots it sets no timer, so that a run is the same with warnings and without.
import type { DomainEvent } from '@solvent/protocol'
import { Cusum } from './cusum.ts'
import { leastDeviations, type WarningSample, type WarningSignal, warningSignals } from './warning-signals.ts'

/** Levels of the statistic, in standard deviations; from low to high fewer false alarms and later ones. */
export const warningLevels = [3, 4, 5, 6, 8, 10, 15, 20, 30, 50] as const

/** How often a watcher looks; absent: it does not. */
export interface WarningRules {
  readonly everySeconds: number
}

export class WarningDesk {
  readonly #everyMs: number
  readonly #take: (nowMs: number, sinceMs: number) => WarningSample
  readonly #tell: (event: DomainEvent) => void
  readonly #charts = new Map<WarningSignal, { readonly cusum: Cusum; told: number }>()
  #lastMs: number
  #orders = 0

  constructor(
    { everySeconds }: WarningRules,
    startMs: number,
    ports: {
      readonly take: (nowMs: number, sinceMs: number) => WarningSample
      readonly tell: (event: DomainEvent) => void
    },
  ) {
    this.#everyMs = everySeconds * 1_000
    this.#lastMs = startMs
    this.#take = ports.take
    this.#tell = ports.tell
    for (const signal of warningSignals)
      this.#charts.set(signal, { cusum: new Cusum(leastDeviations[signal]), told: 0 })
  }

  /** Looks, when it is time to. */
  pass(nowMs: number): void {
    if (nowMs - this.#lastMs < this.#everyMs) return
    const sample = this.#take(nowMs, this.#lastMs)
    this.#lastMs = nowMs
    const arrived = sample['order-flow'] - this.#orders
    this.#orders = sample['order-flow']
    for (const [signal, chart] of this.#charts) {
      const value = signal === 'order-flow' ? arrived : sample[signal]
      const statistic = chart.cusum.next(value)
      for (const level of warningLevels.slice(chart.told)) {
        if (statistic < level) break
        chart.told += 1
        this.#tell({ kind: 'anomaly', signal, level, value: rounded(value), statistic: rounded(statistic) })
      }
    }
  }
}

/** As a log shows it. */
function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9
}
