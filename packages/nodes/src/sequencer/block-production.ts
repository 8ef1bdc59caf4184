// How a producer comes to its blocks: a slot is planned once the pool may hold something or a sign of life is owed, and
// made when it begins. Slots are those of chain time, which is the node's clock here.
import type { Execution, ExecutionTicket, Ports, ProducedSlot, TimerId } from '@solvent/ports'
import type { Hash32 } from '@solvent/primitives'
import type { Block, ChainSpec, NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import { slotAt, slotStartMs } from '@solvent/settlement'
import type { TimerTable } from '../parts/timer-table.ts'
import type { BlockArchive } from './block-archive.ts'
import { FeltDemand } from './felt-demand.ts'
import type { OwnSlots } from './own-slots.ts'
import type { ProducerOutage } from './producer-outage.ts'
import { RivalBranch } from './rival-branch.ts'
import type { ValidatorDesk } from './validator-desk.ts'

export interface BlockProductionInit {
  readonly spec: NetworkSpec
  readonly chain: ChainSpec
  readonly execution: Execution<SolventVocabulary>
  readonly archive: BlockArchive
  readonly slots: OwnSlots
  readonly outage: ProducerOutage
  readonly validators: ValidatorDesk | null
  /** A number is the slot that begins. */
  readonly timers: TimerTable<number | 'recover' | 'forced'>
  /** The newest block of the branch that this node follows, where batches on the L1 decide between two; undefined at genesis. */
  readonly followedHead: () => Block | undefined
}

export interface BlockProduction {
  readonly demand: FeltDemand
  /** The newest number of which a block is known here. */
  newest(): number
  /** Another producer's block, or one of ours from the store. */
  seen(number: number): void
  /** Plans the next slot that matters. */
  plan(): void
  /** Makes no block until it is released. */
  hold(): void
  release(): void
  /** No block is under way any more: the one that was planned is not made. */
  forgetPlan(): void
  /** The pool may hold something. */
  expectMore(): void
  /** The next block is made even when there is nothing to put in it. */
  owe(): void
  /** The next blocks grow another branch from here until it is this much longer than what stood. */
  rival(fork: Hash32, depth: number): void
  /** A group signs two blocks for its next slot. */
  signTwice(group: number): void
  /** The engine is to build on what the L1 has ordered. */
  followL1(): void
  /** A block is no longer followed: what a rollup's held waits for its next one. */
  orphaned(block: Block): void
  /** A planned slot has begun. */
  produce(slot: number): void
  /** The engine's answer; false when the ticket is not ours. */
  onProduced(ticket: ExecutionTicket, block: Block | null): boolean
}

/** A slot's block may be made this many slots late and still carry the slot's number (a busy machine, a fast clock). */
const LATE_SLOTS = 2

export function createBlockProduction(
  init: BlockProductionInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock' | 'log' | 'meter'>,
): BlockProduction {
  const { spec, chain, execution, archive, slots, outage, validators, timers } = init
  const demand = new FeltDemand()
  let production: ExecutionTicket | null = null
  let planned: { readonly timer: TimerId; readonly number: number } | null = null
  let poolMayHoldMore = false
  /** The first block after an outage is made even when there is nothing to put in it. */
  let owesBlock = false
  let newest = 0
  let newestOwn: Block | null = null
  let rival: RivalBranch | null = null
  let isHeld = false
  /** Group that signs two blocks for its next slot. */
  let twice: number | null = null

  function now(): number {
    return slotAt(spec, chain, ports.clock.nowMs())
  }

  /** Plans the next slot that matters: any when the pool may hold something, else the next heartbeat. */
  function plan(): void {
    if (isHeld || production !== null || outage.mode === 'stopped' || outage.mode === 'head-of-line') return
    const isAny = poolMayHoldMore || owesBlock || rival !== null
    const after = Math.max(newest, now())
    const number = slots.firstAfter(after, isAny ? () => true : (slot) => slots.isHeartbeat(slot))
    if (number < 0 || planned?.number === number) return
    if (planned !== null && planned.number < number && planned.number > newest) return
    timers.cancel(planned?.timer ?? null)
    planned = { number, timer: timers.setAt(slotStartMs(spec, chain, number), number) }
  }

  function produce(slot: number): void {
    planned = null
    const number = Math.max(slot, now() - LATE_SLOTS)
    if (number <= newest || !slots.isOurs(number)) return plan()
    poolMayHoldMore = false
    followL1()
    const allowEmpty = owesBlock || slots.isHeartbeat(slot) || rival !== null
    const produced: ProducedSlot = {
      number,
      allowEmpty,
      demand: demand.at(number),
      ...(validators === null
        ? {}
        : { votes: validators.votesIn(number), missed: validators.missedBetween(newest, number) }),
      ...(rival === null ? {} : { parent: rival.parent }),
    }
    production = execution.produce(produced)
    owesBlock = false
  }

  /** The engine follows the longest branch; what stands may be another one, where two producers of a rollup were apart. */
  function followL1(): void {
    const head = init.followedHead()
    if (chain.consensus.kind === 'l1' || head === undefined) return
    // Our newest blocks may not have been followed yet, because they are not durable.
    if (!standsOn(newestOwn, head)) execution.follow(head.hash)
  }

  /** What has ceased to be followed and stands on the head was dropped: the engine, which knows nothing of it, is told. */
  function drop(orphan: Block): void {
    const head = init.followedHead()
    if (chain.consensus.kind === 'l1' || (head !== undefined && !standsOn(orphan, head))) return
    execution.rewind(head?.header.number ?? 0)
    newestOwn = head ?? null
  }

  function standsOn(block: Block | null, { header, hash }: Block): boolean {
    let at = block ?? undefined
    while (at !== undefined && at.header.number > header.number) at = archive.withHash(at.header.parentHash)
    return at?.hash === hash
  }

  /** A group that breaks the rules has a second block signed for the slot: same place, other votes. */
  function repeatSlot({ header }: Block): void {
    if (twice === null || validators?.isProposer(twice, header.number) !== true) return
    twice = null
    const votes = header.votes === 0 ? validators.own : 0
    production = execution.produce({
      number: header.number,
      allowEmpty: true,
      votes,
      missed: header.missedBefore,
      parent: header.parentHash,
    })
  }

  function take(block: Block): void {
    newest = Math.max(newest, block.header.number)
    newestOwn = block
    slots.voted(block.header.number)
    rival?.grow(block)
    if (rival?.hasOvertaken === true) rival = null
    // What arrived meanwhile, or did not fit, waits for the next slot; an empty pool then makes no block.
    poolMayHoldMore = true
    archive.add(block)
    ports.meter.count('blocks-produced')
    repeatSlot(block)
  }

  return {
    demand,
    newest() {
      return newest
    },
    seen(number) {
      newest = Math.max(newest, number)
    },
    plan,
    hold() {
      isHeld = true
    },
    release() {
      isHeld = false
      plan()
    },
    forgetPlan() {
      timers.cancel(planned?.timer ?? null)
      planned = null
    },
    expectMore() {
      poolMayHoldMore = true
    },
    owe() {
      owesBlock = true
    },
    rival(fork, depth) {
      rival = new RivalBranch(fork, depth)
    },
    signTwice(group) {
      twice = group
    },
    followL1,
    orphaned(block) {
      drop(block)
      // What it held is in the pool again.
      poolMayHoldMore = true
      plan()
    },
    produce,
    onProduced(ticket, block) {
      if (ticket !== production) return false
      production = null
      if (block === null && rival !== null) {
        rival = null
        ports.log.text('warn', `${chain.name}: the other branch has no place to grow on any more.`)
      }
      if (block !== null) take(block)
      plan()
      return true
    },
  }
}
