// Value that depends on each prover: what would be lost if the bridge never proved another fill. Open bids, fills under
// way and receivables count alike, from the moment of the promise. Numeraire E8.
import type { Address, Hash32 } from '@solvent/primitives'

/** One amount for each order or quote, summed by bridge. */
export class ExposureBook {
  readonly #byId = new Map<Hash32, { readonly bridge: Address; readonly valueE8: bigint }>()
  readonly #byBridge = new Map<Address, bigint>()

  /** Replaces what the id had. */
  set(id: Hash32, bridge: Address, valueE8: bigint): void {
    this.clear(id)
    this.#byId.set(id, { bridge, valueE8 })
    this.#byBridge.set(bridge, this.of(bridge) + valueE8)
  }

  /** Forgets an id; returns what it stood for, or null. */
  clear(id: Hash32): { readonly bridge: Address; readonly valueE8: bigint } | null {
    const held = this.#byId.get(id)
    if (held === undefined) return null
    this.#byId.delete(id)
    this.#byBridge.set(held.bridge, this.of(held.bridge) - held.valueE8)
    return held
  }

  of(bridge: Address): bigint {
    return this.#byBridge.get(bridge) ?? 0n
  }
}
