// The validators that propose and vote at one producer of an L1: who is absent when, and so which slots are missed and
// which groups have voted in an epoch. A group's validators attest spread over an epoch; here they vote together, in its
// middle. What a re-org took back, and what was voted while the node was down, does not count on the branch that stands.
import type { Store } from '@solvent/ports'
import { type Address, decodeCanonical, encodeCanonical } from '@solvent/primitives'
import {
  type ChainSpec,
  type NetworkSpec,
  type ValidatorDuty,
  type ValidatorSet,
  validatorsOf,
} from '@solvent/protocol'
import { groupsOf, producerOfSlot, proposerGroup, slotStartMs } from '@solvent/settlement'

export interface Absence {
  readonly duty: ValidatorDuty
  /** One bit each. */
  readonly groups: number
  /** Unix ms; the end is not part of it. */
  readonly fromMs: number
  readonly untilMs: number
}

export interface ValidatorDeskInit {
  readonly spec: NetworkSpec
  readonly chain: ChainSpec
  readonly epochSlots: number
  readonly validators: ValidatorSet
  /** Groups that propose and vote here, one bit each. */
  readonly own: number
  readonly producer: Address
}

export class ValidatorDesk {
  readonly #init: ValidatorDeskInit
  readonly #store: Store
  readonly #key: string
  #absences: readonly Absence[]

  /** Takes up the absences that the store has: they outlive a crash of the node. */
  constructor(init: ValidatorDeskInit, store: Store) {
    this.#init = init
    this.#store = store
    this.#key = `absences/${init.chain.chainId}`
    const bytes = store.get(this.#key)
    this.#absences = bytes === undefined ? [] : (decodeCanonical(bytes) as unknown as readonly Absence[])
  }

  /** Groups that propose and vote here, one bit each. */
  get own(): number {
    return this.#init.own
  }

  absent(absence: Absence): void {
    if (absence.untilMs <= absence.fromMs || this.#isKnown(absence)) return
    // Votes of an epoch are counted in the next one: three epochs back nobody asks.
    const { epochSlots, chain } = this.#init
    const keepFromMs = absence.fromMs - 3 * epochSlots * chain.slotMs
    this.#absences = [...this.#absences.filter(({ untilMs }) => untilMs > keepFromMs), absence]
    this.#store.put(this.#key, encodeCanonical(this.#absences))
  }

  /** Own groups that voted in the epoch before the slot's: none in the first. */
  votesIn(slot: number): number {
    const { epochSlots, own } = this.#init
    const epoch = Math.floor(slot / epochSlots) - 1
    if (epoch < 0) return 0
    return own & ~this.#absentAt('votes', epoch * epochSlots + Math.floor(epochSlots / 2))
  }

  /** Whether the slot's proposer is absent. */
  isMissed(slot: number): boolean {
    if (this.#absences.length === 0) return false
    const absent = this.#absentAt('proposals', slot)
    if (absent === 0) return false
    const { chain, validators } = this.#init
    const group = proposerGroup(validators, producerOfSlot(chain, slot).address, slot)
    return group >= 0 && ((absent >>> group) & 1) === 1
  }

  /** Whether the slot is the node's own and its proposer one of these groups. */
  isProposedBy(groups: number, slot: number): boolean {
    const { chain, validators } = this.#init
    if (!this.isOwnSlot(slot)) return false
    const group = proposerGroup(validators, producerOfSlot(chain, slot).address, slot)
    return group >= 0 && ((groups >>> group) & 1) === 1
  }

  /** Whether the slot is that of the producer whose groups these are. */
  isOwnSlot(slot: number): boolean {
    return producerOfSlot(this.#init.chain, slot).address === this.#init.producer
  }

  /** Missed slots after one and before another, as far as this producer knows. */
  missedBetween(after: number, before: number): number {
    let missed = 0
    if (this.#absences.length > 0)
      for (let slot = after + 1; slot < before; slot++) if (this.isMissed(slot)) missed++
    return missed
  }

  /** Whether the group proposes in this slot. */
  isProposer(group: number, slot: number): boolean {
    const { chain, validators } = this.#init
    return proposerGroup(validators, producerOfSlot(chain, slot).address, slot) === group
  }

  /** Whether the same groups are away from the same duty for at least as long already. */
  #isKnown({ duty, groups, fromMs, untilMs }: Absence): boolean {
    return this.#absences.some(
      (known) =>
        known.duty === duty &&
        (groups & ~known.groups) === 0 &&
        known.fromMs <= fromMs &&
        known.untilMs >= untilMs,
    )
  }

  #absentAt(asked: ValidatorDuty, slot: number): number {
    const { spec, chain } = this.#init
    const atMs = slotStartMs(spec, chain, slot)
    let absent = 0
    for (const { duty, groups, fromMs, untilMs } of this.#absences)
      if (duty === asked && fromMs <= atMs && atMs < untilMs) absent |= groups
    return absent
  }
}

/** The desk of a producer of an L1; null for a rollup. */
export function validatorDeskOf(
  { spec, chain }: Pick<ValidatorDeskInit, 'spec' | 'chain'>,
  address: Address,
  store: Store,
): ValidatorDesk | null {
  if (chain.consensus.kind !== 'l1') return null
  const validators = validatorsOf(chain, chain.consensus)
  const { epochSlots } = chain.consensus
  return new ValidatorDesk(
    { spec, chain, epochSlots, validators, own: groupsOf(validators, address), producer: address },
    store,
  )
}
