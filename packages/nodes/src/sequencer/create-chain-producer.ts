// The producer of one chain: transactions into the pool, a block at the next slot after the pool became non-empty, on the
// L1 also at the producer's first slot of every epoch, with its validators' votes.
import { secondsToMs } from '@solvent/primitives'
import type { SignedTransaction } from '@solvent/protocol'
import { slotAt, slotStartMs } from '@solvent/settlement'
import { createTimerTable } from '../parts/timer-table.ts'
import { BlockArchive } from './block-archive.ts'
import { createBlockProduction } from './block-production.ts'
import type {
  AdmissionAnswer,
  ChainProducer,
  ChainProducerInit,
  ChainProducerPorts,
} from './chain-producer.ts'
import { ExecutionOrders } from './execution-orders.ts'
import { createFinalitySplit } from './finality-split.ts'
import { invalidBlock } from './invalid-block.ts'
import { OwnSlots } from './own-slots.ts'
import { type HeldTransaction, ProducerOutage } from './producer-outage.ts'
import { forkBelow } from './rival-branch.ts'
import { validatorDeskOf } from './validator-desk.ts'

/** Makes the producer of one chain. */
export function createChainProducer(init: ChainProducerInit, ports: ChainProducerPorts): ChainProducer {
  const { spec, chain, self, execution } = init
  const archive = new BlockArchive(chain.chainId, ports.store)
  const timers = createTimerTable<number | 'recover' | 'forced'>(ports.timers)
  const outage = new ProducerOutage(chain.chainId, ports.store)
  const validators = validatorDeskOf({ spec, chain }, ports.signer.address, ports.store)
  const slots = new OwnSlots({ chain, self, outage, validators })
  const { followedHead } = init
  const production = createBlockProduction(
    { spec, chain, execution, archive, slots, outage, validators, timers, followedHead },
    ports,
  )
  const split = createFinalitySplit(
    { spec, chain, self, execution, archive, slots, validators, production, followedHead },
    ports,
  )
  const orders = new ExecutionOrders({ chain, execution, archive, production, slots }, ports)
  let isWaiting = false

  /** Our groups have not voted for the branch that stands, from this slot on until then. */
  function absentSince(slot: number, untilMs: number): void {
    if (validators === null) return
    const fromMs = slotStartMs(spec, chain, slot)
    validators.absent({ duty: 'votes', groups: validators.own, fromMs, untilMs })
  }

  function recover(): void {
    const held = outage.end()
    ports.log.text('info', `${chain.name} works again; ${held.length} transactions were held.`)
    for (const { signed, answer } of held) submit(signed, answer)
    production.owe()
    production.expectMore()
    production.plan()
  }

  /** Puts an invalid block at the head; a chain without a block yet only stops. */
  function spoilHead(): void {
    const parent = archive.newest
    if (parent === undefined) return
    // Above what may still be under way at the execution port.
    const number = Math.max(production.newest(), slotAt(spec, chain, ports.clock.nowMs())) + 1
    outage.invalid = invalidBlock({ spec, chain, parent, number, signer: ports.signer })
    init.onInvalid(outage.invalid)
  }

  function submit(signed: SignedTransaction, answer: AdmissionAnswer): void {
    if (isWaiting || outage.mode === 'stopped') return answer(false, 'unavailable')
    if (!init.includes(signed, chain.chainId)) return answer(true, null)
    if (outage.mode === 'near-empty') {
      const isHeld = outage.hold({ signed, answer: () => {} })
      return answer(isHeld, isHeld ? null : 'pool-full')
    }
    orders.submit(signed, answer)
  }

  /** Where a batch says what has been read of an inbox, there is a block for each of it, also for what fails (Nitro). */
  function answerWithBlock(answer: AdmissionAnswer): AdmissionAnswer {
    if (chain.consensus.kind === 'l1' || chain.consensus.delayBuffer === undefined) return answer
    return (accepted, reason) => {
      answer(accepted, reason)
      production.owe()
      production.plan()
    }
  }

  function force(signed: SignedTransaction, dueAt: number): void {
    execution.force(signed, dueAt)
    timers.setAt(secondsToMs(dueAt), 'forced')
  }

  /** Something that the L1 forces upon the chain is due: the next block of ours holds it. */
  function onForced(): void {
    production.expectMore()
    production.plan()
  }

  return {
    chain,
    archive,
    mayHaveLostBlocks() {
      return archive.isBlank && slotAt(spec, chain, ports.clock.nowMs()) > 0
    },
    awaitBlocks() {
      isWaiting = true
      production.hold()
      ports.log.text('warn', `${chain.name}: no blocks in the store; waits for what others have of it.`)
    },
    recovered() {
      isWaiting = false
      ports.log.text('info', `${chain.name}: has its blocks up to ${production.newest()} from others.`)
      if (production.newest() > 0) absentSince(production.newest() + 1, ports.clock.nowMs())
      archive.begin()
      production.release()
    },
    start() {
      if (!isWaiting) archive.begin()
      for (const block of archive.blocks) {
        const { number, producer } = block.header
        production.seen(number)
        if (producer === ports.signer.address) slots.voted(number)
        orders.import(block)
        init.onBlock(block, false)
      }
      // Nobody here voted while the node was down.
      if (production.newest() > 0) absentSince(production.newest() + 1, ports.clock.nowMs())
      if (outage.mode !== null) timers.setAt(outage.untilMs, 'recover')
      production.plan()
    },
    submit,
    import: (block) => orders.import(block),
    fail(begun) {
      if (begun.untilMs <= ports.clock.nowMs()) return
      ports.log.text('warn', `${chain.name} fails: ${begun.mode}.`)
      outage.begin(begun)
      production.forgetPlan()
      timers.setAt(begun.untilMs, 'recover')
      if (begun.mode === 'head-of-line') spoilHead()
      production.plan()
    },
    absent(groups, duty, untilMs) {
      if (validators === null) return 'no-validators'
      validators.absent({ duty, groups, fromMs: ports.clock.nowMs(), untilMs })
      production.forgetPlan()
      production.plan()
      return null
    },
    reorganise(depth, followed) {
      const fork = forkBelow(followed.head, depth, {
        block: (hash) => archive.withHash(hash),
        finalized: followed.finalized,
      })
      if (typeof fork !== 'string') return fork.refused
      if (chain.producers[0]?.node === self) production.rival(fork, depth)
      else {
        const now = slotAt(spec, chain, ports.clock.nowMs())
        slots.standBack(now + chain.producers.length * (depth + 1) + 1)
      }
      production.forgetPlan()
      production.plan()
      return null
    },
    violate: (violation) => split.begin(violation),
    overruled: () => split.overruled(),
    equivocate(group) {
      if (validators === null || ((validators.own >>> group) & 1) !== 1) return 'not-our-validators'
      production.signTwice(group)
      production.owe()
      production.plan()
      return null
    },
    orphaned(block, newestKnown) {
      const { header } = block
      absentSince(header.number, slotStartMs(spec, chain, newestKnown + 1))
      if (header.producer === ports.signer.address) slots.voteLost(header.number)
      slots.standBack(0)
      split.left()
      production.orphaned(block)
    },
    finalize(number) {
      production.followL1()
      split.settled()
      execution.finalize(number)
    },
    feel({ resource, percent, untilMs }) {
      const until = slotAt(spec, chain, untilMs)
      if (until <= slotAt(spec, chain, ports.clock.nowMs()) + 1) return
      production.demand.feel(resource, percent, until)
      production.owe()
      production.plan()
    },
    force,
    offer(signed, answer) {
      const offered: HeldTransaction = { signed, answer: answerWithBlock(answer) }
      // What comes meanwhile is read from the L1 when the outage is over.
      if (outage.mode === 'stopped' || outage.mode === 'near-empty') outage.hold(offered)
      else submit(signed, offered.answer)
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
      switch (answer.kind) {
        case 'produced':
          return production.onProduced(ticket, answer.block) || split.onProduced(ticket, answer.block)
        case 'imported':
          return orders.onImported(ticket, answer.accepted, answer.reason)
        default:
          return orders.onSubmitted(ticket, answer.accepted, answer.reason)
      }
    },
    onStore(ticket) {
      const released = archive.onStore(ticket)
      if (released === null) return false
      for (const block of released) init.onBlock(block, !orders.takeRegained(block.hash))
      return true
    },
    onTimer(timer) {
      const due = timers.take(timer)
      if (due === undefined) return split.onTimer(timer)
      if (due === 'forced') onForced()
      else if (due !== 'recover') production.produce(due)
      else if (outage.mode !== null && ports.clock.nowMs() >= outage.untilMs) recover()
      return true
    },
  }
}
