// Which slots of a chain its producer makes a block in: those of its turn, which it has not been told to leave to another,
// and of these, while there is nothing to include, the ones in which it owes a sign of life.
import type { NodeId } from '@solvent/primitives'
import type { ChainSpec } from '@solvent/protocol'
import { producerOfSlot } from '@solvent/settlement'
import { nearEmptySlots, type ProducerOutage } from './producer-outage.ts'
import type { ValidatorDesk } from './validator-desk.ts'

export interface OwnSlotsInit {
  readonly chain: ChainSpec
  readonly self: NodeId
  readonly outage: ProducerOutage
  /** Null for a rollup. */
  readonly validators: ValidatorDesk | null
}

export class OwnSlots {
  readonly #init: OwnSlotsInit
  /** The epoch of our newest block: we owe a block with our votes in every one. */
  #votedEpoch = 0
  /** We make no blocks before this slot: another producer builds a branch that is to overtake. */
  #standBackTo = 0

  constructor(init: OwnSlotsInit) {
    this.#init = init
  }

  /** On the L1 the first of an epoch in which we have not voted; every few seconds in a near-empty outage. */
  isHeartbeat(number: number): boolean {
    const { chain, outage } = this.#init
    if (outage.mode === 'near-empty') return number % nearEmptySlots(chain.slotMs) === 0
    return chain.consensus.kind === 'l1' && this.#epochOf(number) > this.#votedEpoch
  }

  isOurs(number: number): boolean {
    const { chain, self, validators } = this.#init
    return (
      producerOfSlot(chain, number).node === self &&
      number >= this.#standBackTo &&
      validators?.isMissed(number) !== true
    )
  }

  /** Our first slot after another; `wanted` says which slots count; -1 when there is none for longer than we may be silent. */
  firstAfter(number: number, wanted: (number: number) => boolean): number {
    const first = Math.max(number, this.#standBackTo - 1) + 1
    const cycle = this.#init.chain.producers.length * this.#heartbeatSlots()
    for (let slot = first; slot <= first + cycle; slot++) if (wanted(slot) && this.isOurs(slot)) return slot
    return -1
  }

  /** A block of ours stands in this slot. */
  voted(slot: number): void {
    this.#votedEpoch = Math.max(this.#votedEpoch, this.#epochOf(slot))
  }

  /** A block of ours in this slot stands no more: its epoch has none of our votes. */
  voteLost(slot: number): void {
    this.#votedEpoch = Math.min(this.#votedEpoch, this.#epochOf(slot) - 1)
  }

  standBack(toSlot: number): void {
    this.#standBackTo = toSlot
  }

  #epochOf(number: number): number {
    const { consensus } = this.#init.chain
    return consensus.kind === 'l1' ? Math.floor(number / consensus.epochSlots) : 0
  }

  /** Slots between two heartbeats, at most. */
  #heartbeatSlots(): number {
    const { chain, outage } = this.#init
    if (chain.consensus.kind === 'l1') return chain.consensus.epochSlots
    return outage.mode === 'near-empty' ? nearEmptySlots(chain.slotMs) : 1
  }
}
