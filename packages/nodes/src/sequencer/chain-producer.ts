// One chain at its producer: transactions into the pool, a block at the next slot after the pool became non-empty,
// on the L1 also at the producer's first slot of every epoch, with its validators' votes. Slots are those of chain time, which is the node's clock here.
import type {
  Execution,
  ExecutionAnswer,
  ExecutionTicket,
  Ports,
  ProducedSlot,
  StoreTicket,
  TimerId,
} from '@solvent/ports'
import { type NodeId, secondsToMs } from '@solvent/primitives'
import type {
  Block,
  BlockRange,
  BlockRequest,
  ChainSpec,
  MarketDemand,
  NetworkSpec,
  SequencerOutage,
  SignedTransaction,
  SolventVocabulary,
  ValidatorDuty,
} from '@solvent/protocol'
import { producerOfSlot, slotAt, slotStartMs } from '@solvent/settlement'
import { createTimerTable } from '../parts/timer-table.ts'
import { BlockArchive } from './block-archive.ts'
import type { InclusionPolicy } from './inclusion-policy.ts'
import { invalidBlock } from './invalid-block.ts'
import { nearEmptySlots, ProducerOutage } from './producer-outage.ts'
import { forkBelow, RivalBranch } from './rival-branch.ts'
import { validatorDeskOf } from './validator-desk.ts'

export type ChainProducerPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'store' | 'signer' | 'log' | 'meter'
>

export interface ChainProducerInit {
  readonly spec: NetworkSpec
  readonly chain: ChainSpec
  readonly self: NodeId
  readonly execution: Execution<SolventVocabulary>
  readonly includes: InclusionPolicy
  /** A block of ours is durable: announce it. Also called for each stored block at the start, oldest first. */
  readonly onBlock: (block: Block, isNew: boolean) => void
  /** The newest block of the branch that this node follows, where batches on the L1 decide between two; undefined at genesis. */
  readonly followedHead: () => Block | undefined
  /** Announces a block that is in no archive, because nobody can follow it. */
  readonly onInvalid: (block: Block) => void
}

/** How the pool answered. */
export type AdmissionAnswer = (accepted: boolean, reason: string | null) => void

export interface ChainProducer {
  readonly chain: ChainSpec
  readonly archive: BlockArchive
  /** Replays stored blocks into the engine and begins with the slots. */
  start(): void
  submit(signed: SignedTransaction, answer: AdmissionAnswer): void
  /** Another producer's block of this chain, already followed. */
  import(block: Block): void
  /** Fails from now until the outage is over; a later outage replaces an earlier one. */
  fail(outage: SequencerOutage): void
  /** Validator groups are absent from a duty until then (Unix ms); null, or why that cannot be. */
  absent(groups: number, duty: ValidatorDuty, untilMs: number): string | null
  /** Another branch is to take the place of the newest `depth` blocks; null, or why that cannot be. */
  reorganise(
    depth: number,
    followed: { readonly head: Block | undefined; readonly finalized: number },
  ): string | null
  /** A validator group is to sign two blocks for its next slot; null, or why that cannot be. */
  equivocate(group: number): string | null
  /** A block is no longer followed; `newestKnown` is the number of the block that made it so. */
  orphaned(block: Block, newestKnown: number): void
  /** The chain's L1 has made its blocks final up to this number. */
  finalize(number: number): void
  /** Other people's demand changes from the next slot on, and stays so until the rush ends. */
  feel(demand: MarketDemand): void
  /** The L1 forces a transaction upon the chain; an honest producer does not wait until it is due. */
  force(signed: SignedTransaction, dueAt: number): void
  /** What the producer serves of a range. */
  range(request: BlockRequest): BlockRange
  /** Each takes what is its own and returns false for the rest. */
  onExecution(ticket: ExecutionTicket, answer: ExecutionAnswer<SolventVocabulary>): boolean
  onStore(ticket: StoreTicket): boolean
  onTimer(timer: TimerId): boolean
}

/** A slot's block may be made this many slots late and still carry the slot's number (a busy machine, a fast clock). */
const LATE_SLOTS = 2

/** Makes the producer of one chain. */
export function createChainProducer(init: ChainProducerInit, ports: ChainProducerPorts): ChainProducer {
  const { spec, chain, self, execution } = init
  const archive = new BlockArchive(chain.chainId, ports.store)
  const timers = createTimerTable<number | 'recover' | 'forced'>(ports.timers)
  const outage = new ProducerOutage(chain.chainId, ports.store)
  const validators = validatorDeskOf({ spec, chain }, ports.signer.address, ports.store)
  const admissions = new Map<ExecutionTicket, AdmissionAnswer>()
  const imports = new Map<ExecutionTicket, Block>()
  let production: ExecutionTicket | null = null
  let planned: { readonly timer: TimerId; readonly number: number } | null = null
  let poolMayHoldMore = false
  /** The first block after an outage is made even when there is nothing to put in it. */
  let owesBlock = false
  /** Rushes that it was told of: each of its blocks declares them, so that a re-org does not end them. */
  let demand: NonNullable<ProducedSlot['demand']> = {}
  let newest = 0
  let newestOwn: Block | null = null
  /** The epoch of our newest block: we owe a block with our votes in every one. */
  let votedEpoch = 0
  let rival: RivalBranch | null = null
  /** Group that signs two blocks for its next slot. */
  let twice: number | null = null
  /** We make no blocks before this slot: another producer builds a branch that is to overtake. */
  let standBackTo = 0

  function isHeartbeat(number: number): boolean {
    if (outage.mode === 'near-empty') return number % nearEmptySlots(chain.slotMs) === 0
    return chain.consensus.kind === 'l1' && epochOf(number) > votedEpoch
  }

  function epochOf(number: number): number {
    return chain.consensus.kind === 'l1' ? Math.floor(number / chain.consensus.epochSlots) : 0
  }

  function isOurs(number: number): boolean {
    return (
      producerOfSlot(chain, number).node === self &&
      number >= standBackTo &&
      validators?.isMissed(number) !== true
    )
  }

  /** The first slot of ours that has not begun; `wanted` says which slots count. */
  function nextSlot(wanted: (number: number) => boolean): number {
    const first = Math.max(newest, slotAt(spec, chain, ports.clock.nowMs()), standBackTo - 1) + 1
    const cycle = chain.producers.length * heartbeatSlots()
    for (let number = first; number <= first + cycle; number++) {
      if (wanted(number) && isOurs(number)) return number
    }
    return -1
  }

  /** Slots between two heartbeats, at most. */
  function heartbeatSlots(): number {
    if (chain.consensus.kind === 'l1') return chain.consensus.epochSlots
    return outage.mode === 'near-empty' ? nearEmptySlots(chain.slotMs) : 1
  }

  /** Plans the next slot that matters: any when the pool may hold something, else the next heartbeat. */
  function plan(): void {
    if (production !== null || outage.mode === 'stopped' || outage.mode === 'head-of-line') return
    const isAny = poolMayHoldMore || owesBlock || rival !== null
    const number = nextSlot(isAny ? () => true : isHeartbeat)
    if (number < 0 || planned?.number === number) return
    if (planned !== null && planned.number < number && planned.number > newest) return
    timers.cancel(planned?.timer ?? null)
    planned = { number, timer: timers.setAt(slotStartMs(spec, chain, number), number) }
  }

  function produce(slot: number): void {
    planned = null
    const number = Math.max(slot, slotAt(spec, chain, ports.clock.nowMs()) - LATE_SLOTS)
    if (number <= newest || !isOurs(number)) return plan()
    poolMayHoldMore = false
    followL1()
    const allowEmpty = owesBlock || isHeartbeat(slot) || rival !== null
    production = execution.produce({
      number,
      allowEmpty,
      demand: demandAt(number),
      ...(validators === null
        ? {}
        : { votes: validators.votesIn(number), missed: validators.missedBetween(newest, number) }),
      ...(rival === null ? {} : { parent: rival.parent }),
    })
    owesBlock = false
  }

  /** The engine follows the longest branch; what stands may be another one, where two producers of a rollup were apart. */
  function followL1(): void {
    const head = init.followedHead()
    if (chain.consensus.kind === 'l1' || chain.producers.length === 1 || head === undefined) return
    // Our newest blocks may not have been followed yet, because they are not durable.
    let at = newestOwn ?? undefined
    while (at !== undefined && at.header.number > head.header.number)
      at = archive.withHash(at.header.parentHash)
    if (at?.hash !== head.hash) execution.follow(head.hash)
  }

  /** A group that breaks the rules has a second block signed for the slot: same place, other votes. */
  function signTwice({ header }: Block): void {
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

  function demandAt(number: number): NonNullable<ProducedSlot['demand']> {
    const { gas, blobs } = demand
    demand = {
      ...(gas !== undefined && gas.until > number ? { gas } : {}),
      ...(blobs !== undefined && blobs.until > number ? { blobs } : {}),
    }
    return demand
  }

  function onProduced(block: Block | null): void {
    production = null
    if (block === null && rival !== null) {
      rival = null
      ports.log.text('warn', `${chain.name}: the other branch has no place to grow on any more.`)
    }
    if (block !== null) {
      newest = Math.max(newest, block.header.number)
      newestOwn = block
      votedEpoch = Math.max(votedEpoch, epochOf(block.header.number))
      rival?.grow(block)
      if (rival?.hasOvertaken === true) rival = null
      // What arrived meanwhile, or did not fit, waits for the next slot; an empty pool then makes no block.
      poolMayHoldMore = true
      archive.add(block)
      ports.meter.count('blocks-produced')
      signTwice(block)
    }
    plan()
  }

  /** Another producer's block is served like our own. */
  function keepImported(block: Block): void {
    newest = Math.max(newest, block.header.number)
    archive.add(block)
  }

  /** Our groups have not voted for the branch that stands, from this slot on until then. */
  function absentSince(slot: number, untilMs: number): void {
    if (validators === null) return
    const fromMs = slotStartMs(spec, chain, slot)
    validators.absent({ duty: 'votes', groups: validators.own, fromMs, untilMs })
  }

  /** No block is under way any more: the one that was planned is not made. */
  function forgetPlan(): void {
    timers.cancel(planned?.timer ?? null)
    planned = null
  }

  function recover(): void {
    const held = outage.end()
    ports.log.text('info', `${chain.name} works again; ${held.length} transactions were held.`)
    for (const signed of held) admissions.set(execution.submit(signed), () => {})
    owesBlock = true
    poolMayHoldMore = true
    plan()
  }

  /** Puts an invalid block at the head; a chain without a block yet only stops. */
  function spoilHead(): void {
    const parent = archive.newest
    if (parent === undefined) return
    // Above what may still be under way at the execution port.
    const number = Math.max(newest, slotAt(spec, chain, ports.clock.nowMs())) + 1
    outage.invalid = invalidBlock({ spec, chain, parent, number, signer: ports.signer })
    init.onInvalid(outage.invalid)
  }

  function submit(signed: SignedTransaction, answer: AdmissionAnswer): void {
    if (outage.mode === 'stopped') return answer(false, 'unavailable')
    if (!init.includes(signed, chain.chainId)) return answer(true, null)
    if (outage.mode === 'near-empty') {
      const isHeld = outage.hold(signed)
      return answer(isHeld, isHeld ? null : 'pool-full')
    }
    admissions.set(execution.submit(signed), answer)
  }

  /** Something that the L1 forces upon the chain is due: the next block of ours holds it. */
  function onForced(): void {
    poolMayHoldMore = true
    plan()
  }

  return {
    chain,
    archive,
    start() {
      for (const block of archive.blocks) {
        newest = block.header.number
        if (block.header.producer === ports.signer.address) votedEpoch = epochOf(newest)
        imports.set(execution.import(block), block)
        init.onBlock(block, false)
      }
      // Nobody here voted while the node was down.
      if (newest > 0) absentSince(newest + 1, ports.clock.nowMs())
      if (outage.mode !== null) timers.setAt(outage.untilMs, 'recover')
      plan()
    },
    submit,
    import(block) {
      imports.set(execution.import(block), block)
    },
    fail(begun) {
      if (begun.untilMs <= ports.clock.nowMs()) return
      ports.log.text('warn', `${chain.name} fails: ${begun.mode}.`)
      outage.begin(begun)
      forgetPlan()
      timers.setAt(begun.untilMs, 'recover')
      if (begun.mode === 'head-of-line') spoilHead()
      plan()
    },
    absent(groups, duty, untilMs) {
      if (validators === null) return 'no-validators'
      validators.absent({ duty, groups, fromMs: ports.clock.nowMs(), untilMs })
      forgetPlan()
      plan()
      return null
    },
    reorganise(depth, followed) {
      const fork = forkBelow(followed.head, depth, {
        block: (hash) => archive.withHash(hash),
        finalized: followed.finalized,
      })
      if (typeof fork !== 'string') return fork.refused
      if (chain.producers[0]?.node === self) rival = new RivalBranch(fork, depth)
      else {
        const now = slotAt(spec, chain, ports.clock.nowMs())
        standBackTo = now + chain.producers.length * (depth + 1) + 1
      }
      forgetPlan()
      plan()
      return null
    },
    equivocate(group) {
      if (validators === null || ((validators.own >>> group) & 1) !== 1) return 'not-our-validators'
      twice = group
      owesBlock = true
      plan()
      return null
    },
    orphaned({ header }, newestKnown) {
      absentSince(header.number, slotStartMs(spec, chain, newestKnown + 1))
      if (header.producer === ports.signer.address)
        votedEpoch = Math.min(votedEpoch, epochOf(header.number) - 1)
      standBackTo = 0
      plan()
    },
    finalize(number) {
      followL1()
      execution.finalize(number)
    },
    feel({ resource, percent, untilMs }) {
      const until = slotAt(spec, chain, untilMs)
      if (until <= slotAt(spec, chain, ports.clock.nowMs()) + 1) return
      demand = { ...demand, [resource]: { percent, until } }
      owesBlock = true
      plan()
    },
    force(signed, dueAt) {
      execution.force(signed, dueAt)
      timers.setAt(secondsToMs(dueAt), 'forced')
      if (outage.mode !== 'stopped') submit(signed, () => {})
    },
    range(request) {
      const range = archive.range(request)
      const { invalid } = outage
      if (invalid === null || range.next !== null) return range
      const { number } = invalid.header
      return number < request.from || number > request.to
        ? range
        : { ...range, blocks: [...range.blocks, invalid] }
    },
    onExecution(ticket, answer) {
      if (answer.kind === 'produced') {
        if (ticket !== production) return false
        onProduced(answer.block)
        return true
      }
      if (answer.kind === 'imported') {
        const block = imports.get(ticket)
        if (block === undefined) return false
        imports.delete(ticket)
        if (answer.accepted) keepImported(block)
        else
          ports.log.text(
            'warn',
            `Block ${block.header.number} of ${chain.name} was not imported: ${answer.reason}.`,
          )
        return true
      }
      const admission = admissions.get(ticket)
      if (admission === undefined) return false
      admissions.delete(ticket)
      admission(answer.accepted, answer.reason)
      if (answer.accepted) {
        poolMayHoldMore = true
        plan()
      }
      return true
    },
    onStore(ticket) {
      const released = archive.onStore(ticket)
      if (released === null) return false
      for (const block of released) init.onBlock(block, true)
      return true
    },
    onTimer(timer) {
      const due = timers.take(timer)
      if (due === undefined) return false
      if (due === 'forced') onForced()
      else if (due !== 'recover') produce(due)
      else if (outage.mode !== null && ports.clock.nowMs() >= outage.untilMs) recover()
      return true
    },
  }
}
