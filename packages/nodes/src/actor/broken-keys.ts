// The keys of verifiers for which an actor can sign since their scheme is broken, and the sets in which they count: read from
// followed blocks, as verifiers do.
import { type Address, secondsToMs } from '@solvent/primitives'
import type { Block, BridgeMessage, NetworkSpec, Party } from '@solvent/protocol'
import { createVerifierSets, type VerifierSets } from '../bridge/verifier-sets.ts'
import type { StolenKeys } from './stolen-keys.ts'

/** Under which set to sign, and for whom. */
export type Forgeable = Pick<StolenKeys, 'setIndex' | 'of'>

export class BrokenKeys {
  readonly #genesisMs: number
  readonly #sets: ReadonlyMap<Address, VerifierSets>
  readonly #keys = new Map<Address, Map<Address, Party>>()

  constructor({ bridges, genesisMs }: NetworkSpec) {
    this.#genesisMs = genesisMs
    this.#sets = new Map(bridges.map((bridge) => [bridge.address, createVerifierSets(bridge)]))
  }

  onBlock(block: Block): void {
    for (const sets of this.#sets.values()) sets.onBlock(block)
  }

  onOrphaned(block: Block): void {
    for (const sets of this.#sets.values()) sets.onOrphaned(block)
  }

  /** From now on it can sign for these verifiers; false when there is no such bridge. */
  broken(bridge: Address, keys: readonly Party[]): boolean {
    if (!this.#sets.has(bridge)) return false
    const known = this.#keys.get(bridge) ?? new Map<Address, Party>()
    for (const key of keys) known.set(key.address, key)
    this.#keys.set(bridge, known)
    return true
  }

  /**
   * The newest set that counts at a moment (ms after genesis) and that the broken keys reach the quorum of, with so many
   * of them; else the newest that they reach it of though it counts no more; else the current one, with all of them that are
   * in it. Undefined while no scheme of the bridge is broken.
   */
  forgeable({ bridge, dstChainId }: BridgeMessage, nowMs: number): Forgeable | undefined {
    const keys = this.#keys.get(bridge)
    if (keys === undefined) return undefined
    const now = Math.floor((this.#genesisMs + nowMs) / secondsToMs(1))
    const sets = this.#sets.get(bridge)!
    const everCounted = [...sets.accepted(dstChainId, now), ...sets.accepted(dstChainId, 0)]
    const options = everCounted.map(({ setIndex, threshold, verifiers }) => ({
      setIndex,
      threshold,
      of: verifiers.flatMap((verifier) => keys.get(verifier) ?? []).slice(0, threshold),
    }))
    const { setIndex, of } = options.find((option) => option.of.length === option.threshold) ?? options[0]!
    return { setIndex, of }
  }

  /** All of them, for a snapshot. */
  get known(): readonly { readonly bridge: Address; readonly keys: readonly Party[] }[] {
    return [...this.#keys].map(([bridge, keys]) => ({ bridge, keys: [...keys.values()] }))
  }
}
