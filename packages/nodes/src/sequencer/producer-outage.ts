// How a producer of one chain fails while an outage lasts, and what it owes afterwards. An outage outlives a crash of the
// node: it is the machine room that is down. docs/models/sequencer.md.
import type { Store } from '@solvent/ports'
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { Block, OutageMode, SequencerOutage, SignedTransaction } from '@solvent/protocol'
import type { AdmissionAnswer } from './chain-producer.ts'

/** Transactions taken in and not passed on, at most; beyond, the pool counts as full. */
const MAX_HELD = 10_000
/** Near-empty blocks come this far apart, or a slot if that is longer. */
const NEAR_EMPTY_MS = 12_000

/** A transaction that waits for the end of the outage, and who hears what the pool says of it then. */
export interface HeldTransaction {
  readonly signed: SignedTransaction
  readonly answer: AdmissionAnswer
}

export class ProducerOutage {
  readonly #key: string
  readonly #store: Store
  #current: SequencerOutage | null = null
  #held: HeldTransaction[] = []
  /** What stands at the head in a head-of-line outage. */
  invalid: Block | null = null

  /** Takes up an outage that the store has. */
  constructor(chainId: number, store: Store) {
    this.#key = `outage/${chainId}`
    this.#store = store
    const bytes = store.get(this.#key)
    if (bytes !== undefined) this.#current = decodeCanonical(bytes) as SequencerOutage
  }

  /** Null while the producer works. */
  get mode(): OutageMode | null {
    return this.#current?.mode ?? null
  }

  /** Unix ms at which it ends; 0 when there is none. */
  get untilMs(): number {
    return this.#current?.untilMs ?? 0
  }

  begin(outage: SequencerOutage): void {
    this.#current = outage
    this.#store.put(this.#key, encodeCanonical(outage))
  }

  /** The outage is over: what was held, in the order in which it came. */
  end(): readonly HeldTransaction[] {
    const held = this.#held
    this.#held = []
    this.#current = null
    this.invalid = null
    this.#store.delete(this.#key)
    return held
  }

  /** Takes a transaction in for later; false when there is no room. */
  hold(held: HeldTransaction): boolean {
    if (this.#held.length >= MAX_HELD) return false
    this.#held.push(held)
    return true
  }
}

/** Every how many slots a near-empty outage has a block. */
export function nearEmptySlots(slotMs: number): number {
  return Math.max(1, Math.ceil(NEAR_EMPTY_MS / slotMs))
}
