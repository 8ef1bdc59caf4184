// A branch that a producer builds and shows to nobody, while everybody follows another one: what a third of the stake can
// do when it votes on both (a finality violation). It keeps the blocks until they come out;
// they hold nothing but what accounts do there that spend twice.
import type { Block, FinalityViolation } from '@solvent/protocol'
import type { ValidatorDesk } from './validator-desk.ts'

export interface HiddenBranchInit {
  readonly violation: FinalityViolation
  /** The newest block that both branches share. */
  readonly fork: Block
  readonly validators: ValidatorDesk
  readonly epochSlots: number
}

export class HiddenBranch {
  readonly #init: HiddenBranchInit
  readonly #blocks: Block[] = []

  constructor(init: HiddenBranchInit) {
    this.#init = init
  }

  get fork(): Block {
    return this.#init.fork
  }

  get tip(): Block {
    return this.#blocks.at(-1) ?? this.fork
  }

  /** Oldest first. */
  get blocks(): readonly Block[] {
    return this.#blocks
  }

  /** Whether the slot's proposer is one of those who build here. */
  proposes(slot: number): boolean {
    const { violation, validators } = this.#init
    return slot > this.tip.header.number && validators.isProposedBy(violation.hidden, slot)
  }

  /** Votes of the producer's own groups: on an epoch that both branches share as they were, later of those who vote here. */
  votesIn(slot: number): number {
    const { violation, validators, epochSlots } = this.#init
    const isShared = Math.floor(slot / epochSlots) * epochSlots - 1 <= violation.slot
    return isShared ? validators.votesIn(slot) : validators.own & violation.hidden
  }

  /** Slots of the producer's since the tip whose proposers do not build here. */
  missedBefore(slot: number): number {
    const { violation, validators } = this.#init
    let missed = 0
    for (let number = this.tip.header.number + 1; number < slot; number++)
      if (validators.isOwnSlot(number) && !validators.isProposedBy(violation.hidden, number)) missed++
    return missed
  }

  grow(block: Block): void {
    this.#blocks.push(block)
  }
}
