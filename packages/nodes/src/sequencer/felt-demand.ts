// Rushes that a producer was told of: each of its blocks declares those that last, so that a re-org does not end them.
import type { ProducedSlot } from '@solvent/ports'

type Demand = NonNullable<ProducedSlot['demand']>

export class FeltDemand {
  #demand: Demand = {}

  feel(resource: keyof Demand, percent: number, until: number): void {
    this.#demand = { ...this.#demand, [resource]: { percent, until } }
  }

  /** What the block of a slot declares. */
  at(number: number): Demand {
    const { gas, blobs } = this.#demand
    this.#demand = {
      ...(gas !== undefined && gas.until > number ? { gas } : {}),
      ...(blobs !== undefined && blobs.until > number ? { blobs } : {}),
    }
    return this.#demand
  }
}
