// What ties a rollup to its L1: its producer posts batches, and state roots (optimistic) or validity proofs (zk), on
// their schedules. What has been posted is read from L1 blocks, so that a lost or reverted transaction is made good
// at the next tick.
import type { Ports, TimerId } from '@solvent/ports'
import { secondsToMs } from '@solvent/primitives'
import type { Block, Call, ChainSpec, Consensus, NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import { createTimerTable } from '../parts/timer-table.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import type { BlockArchive } from './block-archive.ts'

export type RollupConsensus = Exclude<Consensus, { kind: 'l1' }>

export interface RollupPosterInit {
  readonly spec: NetworkSpec
  readonly chain: ChainSpec
  readonly consensus: RollupConsensus
  /** The rollup's own blocks. */
  readonly archive: BlockArchive
  readonly sender: TransactionSender
}

export interface RollupPoster {
  start(): void
  /** Every followed block of the L1, in order. */
  onL1Block(block: Block): void
  /** False when the timer is not its own. */
  onTimer(timer: TimerId): boolean
}

type Series = 'batch' | 'root' | 'proof'

/** Batches that wait for their proof, at most; the oldest are covered by any later proof. */
const MAX_UNPROVEN = 4_096

/** Makes the poster of one rollup. */
export function createRollupPoster(
  { spec, chain, consensus, archive, sender }: RollupPosterInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock' | 'timers'>,
): RollupPoster {
  const rollup = chain.chainId
  const timers = createTimerTable<Series>(ports.timers)
  const intervalMs: Readonly<Partial<Record<Series, number>>> =
    consensus.kind === 'optimistic'
      ? { batch: consensus.batchIntervalMs, root: consensus.rootIntervalMs }
      : { batch: consensus.batchIntervalMs, proof: consensus.proofIntervalMs }
  let batchedTo = 0
  let rootedTo = 0
  let provenTo = 0
  let unproven: { readonly toBlock: number; readonly atMs: number }[] = []

  /** The next tick of a series: multiples of its interval since genesis, the same on every run. */
  function plan(series: Series): void {
    const interval = intervalMs[series]
    if (interval === undefined) return
    const sinceGenesisMs = Math.max(0, ports.clock.nowMs() - spec.genesisMs)
    const ticks = Math.floor(sinceGenesisMs / interval) + 1
    timers.setAt(spec.genesisMs + ticks * interval, series)
  }

  /** What is due in a series, with the number after which it continues; null when there is nothing new. */
  function due(series: Series): { readonly after: number; readonly call: Call } | null {
    if (series === 'batch') {
      const newest = archive.blocks.at(-1)
      if (newest === undefined || newest.header.number <= batchedTo) return null
      const { number } = newest.header
      return {
        after: batchedTo,
        call: { kind: 'post-batch', rollup, fromBlock: batchedTo + 1, toBlock: number, tip: newest.hash },
      }
    }
    const after = series === 'root' ? rootedTo : provenTo
    const block = archive.atOrBelow(series === 'root' ? batchedTo : provableTo())
    if (block === undefined || block.header.number <= after) return null
    const { number, stateRoot } = block.header
    return {
      after,
      call: { kind: series === 'root' ? 'post-root' : 'post-proof', rollup, block: number, stateRoot },
    }
  }

  /** The newest batch whose proof has had its time. */
  function provableTo(): number {
    if (consensus.kind !== 'zk') return 0
    const nowMs = ports.clock.nowMs()
    let newest = 0
    for (const { toBlock, atMs } of unproven) if (atMs + consensus.provingMs <= nowMs) newest = toBlock
    return newest
  }

  function post(series: Series): void {
    const next = due(series)
    if (next === null) return
    // One transaction continues a series from a number; a reverted one is followed by another attempt.
    for (let attempt = 0; ; attempt++) {
      const ref = `${series}/${rollup}/${next.after}/${attempt}`
      if (sender.send({ chainId: consensus.l1, call: next.call, ref }) !== 'reverted') return
    }
  }

  return {
    start() {
      plan('batch')
      plan('root')
      plan('proof')
    },
    onL1Block(block) {
      for (const { events } of block.receipts) {
        for (const event of events) {
          if (event.kind === 'batch-posted' && event.rollup === rollup) {
            batchedTo = Math.max(batchedTo, event.toBlock)
            unproven.push({ toBlock: event.toBlock, atMs: secondsToMs(block.header.timestamp) })
            if (unproven.length > MAX_UNPROVEN) unproven.shift()
          } else if (event.kind === 'root-posted' && event.rollup === rollup) {
            rootedTo = Math.max(rootedTo, event.block)
          } else if (event.kind === 'proof-posted' && event.rollup === rollup) {
            provenTo = Math.max(provenTo, event.block)
            unproven = unproven.filter(({ toBlock }) => toBlock > provenTo)
          }
        }
      }
    },
    onTimer(timer) {
      const series = timers.take(timer)
      if (series === undefined) return false
      post(series)
      plan(series)
      return true
    },
  }
}
