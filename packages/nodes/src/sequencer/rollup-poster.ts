// What ties a rollup to its L1: its producer posts batches, and state roots (optimistic) or validity proofs (zk), on
// their schedules. What has been posted is read from the followed L1, so that a lost, reverted, orphaned or disproved
// one is made good at the next tick.
import type { Ports, TimerId } from '@solvent/ports'
import { type ChainId, type Hash32, secondsToMs } from '@solvent/primitives'
import {
  type Block,
  type BlockHeader,
  type Call,
  type ChainSpec,
  type Consensus,
  GAS_PER_BLOB,
  type NetworkSpec,
  type PostingSeries,
  type RollupControl,
  type SolventVocabulary,
} from '@solvent/protocol'
import type { ChainView } from '@solvent/settlement'
import { createTimerTable } from '../parts/timer-table.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import type { BlockArchive } from './block-archive.ts'
import { ForcedReads } from './forced-reads.ts'

export type RollupConsensus = Exclude<Consensus, { kind: 'l1' }>

export interface RollupPosterInit {
  readonly spec: NetworkSpec
  readonly chain: ChainSpec
  readonly consensus: RollupConsensus
  /** The rollup's own blocks. */
  readonly archive: BlockArchive
  readonly sender: TransactionSender
  /** Follows the L1. */
  readonly view: ChainView
}

export interface RollupPoster {
  start(): void
  /** A block that is followed, of any chain, and one that is not any more. */
  onBlock(block: Block): void
  onOrphaned(block: Block): void
  /** The pool of a rollup does not take what the L1 has for it. */
  onForcedRefused(rollup: ChainId, hash: Hash32, reason: string | null): void
  /** An operator has it do something wrong; false when it is about another rollup. */
  misbehave(control: PosterControl): boolean
  /** False when the timer is not its own. */
  onTimer(timer: TimerId): boolean
}

export type PosterControl = Exclude<RollupControl, { kind: 'withhold-data' | 'challenge-blindly' }>

/** What continues a series after a block, and the blobs that carry it. */
interface Due {
  readonly after: number
  readonly call: Call
  readonly blobs: number
}

type Roots = Pick<BlockHeader, 'stateRoot' | 'outboxRoot'>

/** Makes the poster of one rollup. */
export function createRollupPoster(
  { spec, chain, consensus, archive, sender, view }: RollupPosterInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock' | 'timers' | 'signer'>,
): RollupPoster {
  const rollup = chain.chainId
  const l1 = spec.chains.find(({ chainId }) => chainId === consensus.l1) as ChainSpec
  const timers = createTimerTable<PostingSeries>(ports.timers)
  const intervalMs: Readonly<Partial<Record<PostingSeries, number>>> =
    consensus.kind === 'optimistic'
      ? { batch: consensus.batchIntervalMs, root: consensus.rootIntervalMs }
      : { batch: consensus.batchIntervalMs, proof: consensus.proofIntervalMs }

  /** The roots of the next proposal or proof, when they are to be wrong. */
  let falseRoots: Roots | null = null
  const forced = new ForcedReads()
  const heldUntilMs = new Map<PostingSeries, number>()
  let repeats = 0

  /** The next tick of a series: multiples of its interval since genesis, the same on every run. */
  function plan(series: PostingSeries): void {
    const interval = intervalMs[series]
    if (interval === undefined) return
    const sinceGenesisMs = Math.max(0, ports.clock.nowMs() - spec.genesisMs)
    const ticks = Math.floor(sinceGenesisMs / interval) + 1
    timers.setAt(spec.genesisMs + ticks * interval, series)
  }

  /** What is due in a series, with the number after which it continues; null when there is nothing new. */
  function due(series: PostingSeries): Due | null {
    const { batches, roots, proofs } = view.postings(rollup)
    const batchedTo = batches.at(-1)?.toBlock ?? 0
    if (series === 'batch') {
      const newest = view.head(rollup)
      if (newest === undefined || newest.header.number <= batchedTo) return null
      const last = batches.at(-1)
      const blocks = archive.branch(newest, last?.tip ?? null)
      const oldest = blocks.at(-1)
      // What the L1 has ordered stands, also when another posted it.
      if (oldest === undefined || !continues(oldest, last?.tip) || isTooDear(oldest)) return null
      const { header, hash: tip } = newest
      const call = {
        kind: 'post-batch',
        rollup,
        fromBlock: oldest.header.number,
        toBlock: header.number,
        after: last?.tip ?? null,
        tip,
        ...readBy(header),
      } as const
      return { after: batchedTo, call, blobs: blobsOf(blocks) }
    }
    const after = (series === 'root' ? roots : proofs).at(-1)?.toBlock ?? 0
    const tip = (series === 'root' ? batches.at(-1) : provableBatch())?.tip
    const block = tip === undefined ? undefined : archive.withHash(tip)
    if (block === undefined || block.header.number <= after) return null
    const { header } = block
    const { number } = header
    const { stateRoot, outboxRoot } = falseRoots ?? header
    const call: Call =
      series === 'root'
        ? { kind: 'post-root', rollup, block: number, stateRoot, outboxRoot }
        : { kind: 'post-proof', rollup, block: number, stateRoot, outboxRoot, header }
    return { after, call, blobs: 0 }
  }

  function readBy(header: BlockHeader): { readonly forcedRead?: number } {
    return consensus.delayBuffer === undefined ? {} : { forcedRead: forced.readBy(header) }
  }

  /** Whether the block stands on the tip of the newest batch, or on genesis where there is none. */
  function continues({ header }: Block, tip: Hash32 | undefined): boolean {
    return tip === undefined ? header.number === header.emptyBefore + 1 : header.parentHash === tip
  }

  /** Batches wait while blobs cost more than the rollup's limit, but not for ever. */
  function isTooDear(oldest: Block): boolean {
    const { batchPolicy } = chain
    if (batchPolicy === undefined || sender.blobBaseFee(consensus.l1) <= batchPolicy.maxBlobBaseFee)
      return false
    const waitedMs = ports.clock.nowMs() - secondsToMs(oldest.header.timestamp)
    return waitedMs < batchPolicy.maxDelayMs
  }

  /** Blobs for the bytes of blocks, at least one and at most what a block of the L1 takes; none where there are none. */
  function blobsOf(blocks: readonly Block[]): number {
    const most = l1.blobMarket?.maxBlobs ?? 0
    if (most === 0) return 0
    const bytes = blocks.reduce((sum, block) => sum + archive.bytesOf(block), 0)
    return Math.min(most, Math.max(1, Math.ceil(bytes / GAS_PER_BLOB)))
  }

  /** The newest batch whose proof has had its time. */
  function provableBatch() {
    if (consensus.kind !== 'zk') return undefined
    const provenBeforeMs = ports.clock.nowMs() - consensus.provingMs
    return view.postings(rollup).batches.findLast(({ postedAtMs }) => postedAtMs <= provenBeforeMs)
  }

  /** Several producers post in turns, so that one that is down costs a tick and no more. */
  function isOurTurn(series: PostingSeries): boolean {
    const ticks = Math.round((ports.clock.nowMs() - spec.genesisMs) / (intervalMs[series] ?? 1))
    const { producers } = chain
    return producers[ticks % producers.length]?.address === ports.signer.address
  }

  function post(series: PostingSeries): void {
    const next = due(series)
    if (next === null || ports.clock.nowMs() < (heldUntilMs.get(series) ?? 0)) return
    // One transaction continues a series from a number. It is due although one is in a block: that one reverted, or what
    // it did was taken back.
    for (let attempt = 0; ; attempt++) {
      const ref = `${series}/${rollup}/${next.after}/${attempt}`
      const outcome = sender.send({ chainId: consensus.l1, call: next.call, ref, blobs: next.blobs })
      if (outcome === 'signed' && series !== 'batch') falseRoots = null
      if (outcome === 'signed' || outcome === 'pending') return
    }
  }

  /** The newest batch once more, as it was. */
  function repeatBatch(): void {
    const { batches } = view.postings(rollup)
    const newest = batches.at(-1)
    const after = batches.at(-2)?.tip ?? null
    if (newest === undefined) return
    const { fromBlock, toBlock, tip } = newest
    repeats++
    sender.send({
      chainId: consensus.l1,
      call: { kind: 'post-batch', rollup, fromBlock, toBlock, after, tip },
      ref: `batch-again/${rollup}/${toBlock}/${repeats}`,
    })
  }

  return {
    misbehave(control) {
      if (control.rollup !== rollup) return false
      if (control.kind === 'invalid-root') falseRoots = control
      else if (control.kind === 'hold-postings') heldUntilMs.set(control.series, control.untilMs)
      else repeatBatch()
      return true
    },
    onForcedRefused(of, hash, reason) {
      if (of === rollup) forced.onRefused(hash, reason)
    },
    onBlock(block) {
      if (block.header.chainId === rollup) forced.onOwn(block)
      else if (block.header.chainId === consensus.l1) forced.onL1(block, rollup)
    },
    onOrphaned(block) {
      if (block.header.chainId === rollup) forced.onOwnOrphaned(block)
      else if (block.header.chainId === consensus.l1) forced.onL1Orphaned(block, rollup)
    },
    start() {
      plan('batch')
      plan('root')
      plan('proof')
    },
    onTimer(timer) {
      const series = timers.take(timer)
      if (series === undefined) return false
      if (isOurTurn(series)) post(series)
      plan(series)
      return true
    },
  }
}
