// The network's schedule of faults as one node's runtime applies it to itself, on the scenario's clock without skew.
import type { Fault, NodeFault, ScheduledFault } from '@solvent/protocol'
import { type FaultEffect, FaultEffects, type FaultEffectsWiring } from './fault-effects.ts'

export interface FaultScheduleWiring extends FaultEffectsWiring {
  /** After a restart, what happened at one moment in the past is not done again. */
  readonly isRestart: boolean
  readonly onPhase: (fault: Fault, phase: 'begin' | 'end') => void
}

const LONGEST_WAIT_MS = 1_000_000_000

/** Timers of one node's faults. */
export class FaultSchedule {
  readonly #wiring: FaultScheduleWiring
  readonly #effects: FaultEffects
  /** What ends the spans that have begun. */
  readonly #spans = new Set<() => void>()
  readonly #timers = new Map<NodeJS.Timeout, { readonly dueMs: number; readonly act: () => void }>()

  constructor(wiring: FaultScheduleWiring) {
    this.#wiring = wiring
    this.#effects = new FaultEffects(wiring)
  }

  start(faults: readonly ScheduledFault[]): void {
    const { clock } = this.#wiring
    for (const { atMs, fault } of faults) {
      const effect = this.#effects.of(fault)
      if (effect === null) continue
      const dueMs = clock.setting.genesisMs + atMs
      if (effect.kind === 'moment') this.#planMoment(dueMs, fault, effect)
      else this.#planSpan(dueMs, fault, effect)
    }
  }

  /** An operator's fault begins so many ms of virtual time from now. */
  suffer(fault: NodeFault, afterMs: number): void {
    const dueMs = this.#wiring.clock.scenarioMs() + afterMs
    const effect = this.#effects.of(fault)
    if (effect === null) return
    if (effect.kind === 'span') return this.#planSpan(dueMs, fault, effect)
    this.#at(dueMs, () => {
      this.#wiring.onPhase(fault, 'begin')
      effect.apply()
    })
  }

  /** Ends what operators and the schedule have done to links. */
  heal(): void {
    for (const end of [...this.#spans]) end()
  }

  stop(): void {
    for (const timer of this.#timers.keys()) clearTimeout(timer)
    this.#timers.clear()
  }

  /** The clock began to run: waits are measured anew. */
  rearm(): void {
    const waiting = [...this.#timers.values()]
    this.stop()
    for (const { dueMs, act } of waiting) this.#at(dueMs, act)
  }

  #planMoment(dueMs: number, fault: Fault, effect: Extract<FaultEffect, { kind: 'moment' }>): void {
    const isPast = dueMs < this.#wiring.clock.scenarioMs()
    if (isPast && this.#wiring.isRestart && !effect.lasts) return
    this.#at(dueMs, () => {
      this.#wiring.onPhase(fault, 'begin')
      effect.apply()
    })
  }

  #planSpan(dueMs: number, fault: Fault, effect: Extract<FaultEffect, { kind: 'span' }>): void {
    const endMs = dueMs + effect.durationMs
    if (endMs <= this.#wiring.clock.scenarioMs()) return
    this.#at(dueMs, () => {
      this.#wiring.onPhase(fault, 'begin')
      const lift = effect.begin()
      const end = () => {
        if (!this.#spans.delete(end)) return
        lift()
        this.#wiring.onPhase(fault, 'end')
      }
      this.#spans.add(end)
      this.#at(endMs, end)
    })
  }

  /** At a moment of the scenario's clock, at once when it has passed. */
  #at(dueMs: number, act: () => void): void {
    const { clock } = this.#wiring
    const waitMs = clock.wallMsUntilScenario(dueMs)
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer)
        if (clock.scenarioMs() < dueMs) this.#at(dueMs, act)
        else act()
      },
      Math.min(waitMs, LONGEST_WAIT_MS),
    )
    this.#timers.set(timer, { dueMs, act })
  }
}
