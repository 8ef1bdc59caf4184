// A finality violation at a producer: everything from the fork on is held, so that it can be taken back although it becomes
// final; the first producer builds the hidden branch, slot by slot; and when finality has been overruled it comes out and is
// built upon until it is the longer one.
import type { Execution, ExecutionTicket, Ports, TimerId } from '@solvent/ports'
import type { Hash32, NodeId } from '@solvent/primitives'
import {
  type Block,
  type ChainSpec,
  type FinalityViolation,
  type NetworkSpec,
  type SolventVocabulary,
  validatorDuties,
} from '@solvent/protocol'
import { slotAt, slotStartMs } from '@solvent/settlement'
import { createTimerTable } from '../parts/timer-table.ts'
import type { BlockArchive } from './block-archive.ts'
import type { BlockProduction } from './block-production.ts'
import { HiddenBranch } from './hidden-branch.ts'
import type { OwnSlots } from './own-slots.ts'
import type { ValidatorDesk } from './validator-desk.ts'

export interface FinalitySplitInit {
  readonly spec: NetworkSpec
  readonly chain: ChainSpec
  readonly self: NodeId
  readonly execution: Execution<SolventVocabulary>
  readonly archive: BlockArchive
  readonly slots: OwnSlots
  /** Null for a rollup. */
  readonly validators: ValidatorDesk | null
  readonly production: Pick<BlockProduction, 'rival' | 'forgetPlan' | 'plan'>
  readonly followedHead: () => Block | undefined
}

export interface FinalitySplit {
  /** The validators split; null, or why that cannot be. */
  begin(violation: FinalityViolation): string | null
  /** What was final above the fork counts no more. */
  overruled(): void
  /** A block that everybody followed is left. */
  left(): void
  /** The blocks that stand now are with the engine: nothing need be held any more. */
  settled(): void
  /** The engine's answer; false when the ticket is not ours. */
  onProduced(ticket: ExecutionTicket, block: Block | null): boolean
  onTimer(timer: TimerId): boolean
}

/** How long the other producers leave the chain to the branch that came out, unless it is followed earlier. */
const STAND_BACK_SLOTS = 64

export function createFinalitySplit(
  init: FinalitySplitInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock' | 'timers' | 'log'>,
): FinalitySplit {
  const { spec, chain, self, execution, archive, slots, validators, production } = init
  const timers = createTimerTable<number>(ports.timers)
  let hidden: HiddenBranch | null = null
  let ticket: ExecutionTicket | null = null
  let isHeld = false
  let isOverruled = false
  let isLeft = false
  /** The newest block of our hidden branch, once others know it. */
  let cameOut: Hash32 | null = null

  function now(): number {
    return slotAt(spec, chain, ports.clock.nowMs())
  }

  /** The next slot in which the hidden branch grows. */
  function plan(): void {
    if (hidden === null) return
    for (let slot = now() + 1; slot <= now() + STAND_BACK_SLOTS; slot++) {
      if (!hidden.proposes(slot)) continue
      timers.setAt(slotStartMs(spec, chain, slot), slot)
      return
    }
  }

  function produce(number: number): void {
    if (hidden === null || isOverruled) return
    const votes = hidden.votesIn(number)
    const missed = hidden.missedBefore(number)
    const parent = hidden.tip.hash
    ticket = execution.produce({ number, allowEmpty: true, votes, missed, parent, branch: 'hidden' })
  }

  /** The newest block up to a slot on the branch that is followed. */
  function newestUpTo(slot: number): Block | undefined {
    let at = init.followedHead()
    while (at !== undefined && at.header.number > slot) at = archive.withHash(at.header.parentHash)
    return at
  }

  function blocksSince(fork: Block): number {
    let count = 0
    let at = init.followedHead()
    for (; at !== undefined && at.hash !== fork.hash; at = archive.withHash(at.header.parentHash)) count++
    return count
  }

  function comeOut({ blocks, tip, fork }: HiddenBranch): void {
    ports.log.text('warn', `${chain.name}: a hidden branch of ${blocks.length} blocks comes out.`)
    const behind = blocksSince(fork) - blocks.length
    for (const block of blocks) archive.add(block)
    production.rival(tip.hash, Math.max(0, behind))
    cameOut = tip.hash
    hidden = null
    production.plan()
  }

  return {
    begin(violation) {
      if (validators === null || chain.consensus.kind !== 'l1') return 'no-validators'
      const fork = newestUpTo(violation.slot)
      if (fork === undefined) return 'deeper-than-the-chain'
      isHeld = true
      execution.hold(fork.header.number, violation.without, violation.conflicting)
      const groups = violation.hidden & ~violation.followed
      const fromMs = ports.clock.nowMs()
      for (const duty of validatorDuties)
        validators.absent({ duty, groups, fromMs, untilMs: violation.untilMs })
      if (chain.producers[0]?.node === self)
        hidden = new HiddenBranch({ violation, fork, validators, epochSlots: chain.consensus.epochSlots })
      plan()
      return null
    },
    overruled() {
      if (!isHeld) return
      isOverruled = true
      const untilMs = ports.clock.nowMs()
      const fromMs = slotStartMs(spec, chain, (hidden?.fork.header.number ?? now()) + 1)
      // On the branch that stands from now on nobody here has voted meanwhile, but for the votes that it holds.
      validators?.absent({ duty: 'votes', groups: validators.own, fromMs, untilMs })
      production.forgetPlan()
      if (hidden === null) slots.standBack(now() + STAND_BACK_SLOTS)
      else if (ticket === null) comeOut(hidden)
    },
    left() {
      if (isOverruled) isLeft = true
    },
    settled() {
      if (!isLeft) return
      // The engine had its blocks beside, and nobody imports them.
      if (cameOut !== null) execution.follow(cameOut)
      cameOut = null
      execution.hold(null, [], [])
      isHeld = false
      isOverruled = false
      isLeft = false
    },
    onProduced(answered, block) {
      if (answered !== ticket) return false
      ticket = null
      if (block !== null) hidden?.grow(block)
      if (hidden !== null && isOverruled) comeOut(hidden)
      else plan()
      return true
    },
    onTimer(timer) {
      const slot = timers.take(timer)
      if (slot === undefined) return false
      produce(slot)
      return true
    },
  }
}
