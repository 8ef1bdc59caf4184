// What breakers have halted, as a node hears of it from blocks: it sends nothing that would only be refused.
import type { Address } from '@solvent/primitives'
import type { Block, BreakerSpec, NetworkSpec, StoppableAction } from '@solvent/protocol'

export class HaltWatch {
  readonly #breakers: readonly BreakerSpec[]
  /** By breaker: the end of its newest halt, Unix seconds. One that a re-org took back is respected all the same. */
  readonly #until = new Map<Address, number>()

  constructor({ controls }: NetworkSpec) {
    this.#breakers = controls.breakers
  }

  followed({ receipts }: Block): void {
    if (this.#breakers.length === 0) return
    for (const { events } of receipts)
      for (const event of events)
        if (event.kind === 'breaker-tripped') this.#until.set(event.breaker, event.haltedUntil)
  }

  /** Whether an action at a market or pool is halted at a time, Unix seconds. */
  isHalted(guarded: Address, action: StoppableAction, now: number): boolean {
    return this.#breakers.some(
      ({ address, guarded: by, stops }) =>
        by === guarded && stops.includes(action) && now < (this.#until.get(address) ?? 0),
    )
  }
}
