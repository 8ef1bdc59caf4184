// What a watcher counts of each rollup on its L1: batches, roots, challenges, proofs, what the contracts refused, and which
// roots were not the chain's.
import type { ChainId, Hash32 } from '@solvent/primitives'
import type { Block, BlockHeader, ChainEvent, JournalEntry, NetworkSpec } from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'
import { type Spread, spreadOf } from './spread.ts'

export interface RollupMeasures {
  readonly batches: number
  readonly roots: number
  /** Roots that a challenge disproved; those that fell with one are not counted. */
  readonly disproved: number
  /** Right roots that were challenged, at the challenger's cost. */
  readonly upheld: number
  /** Times that an upgrade forgot the roots whose window was running. */
  readonly resets: number
  readonly proofs: number
  /** What its proofs cost beyond gas, wei of the L1's gas token. */
  readonly proverFees: bigint
  /** Batches, roots, challenges and proofs that the contracts refused. */
  readonly refused: number
  /** Roots and proofs that the contracts took, and that are not those of the batch's last block. */
  readonly wrong: number
  /** Transactions that the L1 forced upon it, and how long those that are in its chain took, seconds. */
  readonly forced: number
  readonly forcedIncluded: number
  /** Calls that had forced transactions read which had waited too long, where there is a delay buffer. */
  readonly forcedCalls: number
  readonly forcedDelay: Spread | null
}

type Roots = Pick<BlockHeader, 'stateRoot' | 'outboxRoot'>
type Posted = Extract<ChainEvent, { kind: 'root-posted' | 'proof-posted' }>

class Counts {
  batches = 0
  roots = 0
  disproved = 0
  upheld = 0
  resets = 0
  proofs = 0
  proverFees = 0n
  refused = 0
  forcedCalls = 0
  /** Headers by hash, of blocks that no batch covers yet or that a batch ends with. */
  readonly headers = new Map<Hash32, Roots & Pick<BlockHeader, 'number'>>()
  /** Last block of a batch → hash of its header. */
  readonly tips = new Map<number, Hash32>()
  readonly posted: Posted[] = []
  /** Hash of a forced transaction → when the L1 took it, and when the rollup had it; Unix seconds. */
  readonly forced = new Map<Hash32, { readonly at: number; includedAt: number | null }>()
}

const POSTINGS: ReadonlySet<string> = new Set(['post-batch', 'post-root', 'challenge', 'post-proof'])

export class RollupMeter implements BlockBook {
  readonly #counts = new Map<ChainId, Counts>()

  constructor(spec: NetworkSpec) {
    for (const { chainId, consensus } of spec.chains)
      if (consensus.kind !== 'l1') this.#counts.set(chainId, new Counts())
  }

  followed(block: Block): void {
    this.#count(block, 1)
  }

  orphaned(block: Block): void {
    this.#count(block, -1)
  }

  #count({ hash, header, receipts, transactions }: Block, times: 1 | -1): void {
    const own = this.#counts.get(header.chainId)
    if (own !== undefined && times === 1) own.headers.set(hash, header)
    for (const { transactionHash } of own === undefined ? [] : receipts) {
      const demand = own?.forced.get(transactionHash)
      if (demand !== undefined) demand.includedAt = times === 1 ? header.timestamp : null
    }
    receipts.forEach(({ events, entries, status }, i) => {
      const call = transactions[i]?.transaction.call
      if (call !== undefined && 'rollup' in call && status === 'reverted' && POSTINGS.has(call.kind)) {
        const counts = this.#counts.get(call.rollup)
        if (counts !== undefined) counts.refused += times
      }
      for (const event of events) this.#event(event, times, header.timestamp)
      const proven = events.find(({ kind }) => kind === 'proof-posted')
      if (proven !== undefined && 'rollup' in proven) this.#feesPaid(proven.rollup, entries, times)
    })
  }

  /** Null for what is no rollup. */
  measures(chainId: ChainId): RollupMeasures | null {
    const counts = this.#counts.get(chainId)
    if (counts === undefined) return null
    const { batches, roots, disproved, upheld, resets, proofs, proverFees, refused, forcedCalls } = counts
    const wrong = counts.posted.filter((posted) => isWrong(posted, counts)).length
    const delays = [...counts.forced.values()].flatMap(({ at, includedAt }) =>
      includedAt === null ? [] : [Math.max(0, includedAt - at)],
    )
    const forced = counts.forced.size
    return {
      batches,
      roots,
      disproved,
      upheld,
      resets,
      proofs,
      proverFees,
      refused,
      wrong,
      forced,
      forcedIncluded: delays.length,
      forcedCalls,
      forcedDelay: spreadOf(delays),
    }
  }

  #feesPaid(rollup: ChainId, entries: readonly JournalEntry[], times: 1 | -1): void {
    const counts = this.#counts.get(rollup)
    if (counts === undefined) return
    for (const { cause, legs } of entries)
      if (cause === 'prover-fee')
        for (const { amount } of legs) if (amount > 0n) counts.proverFees += BigInt(times) * amount
  }

  #event(event: ChainEvent, times: 1 | -1, at: number): void {
    const counts = 'rollup' in event ? this.#counts.get(event.rollup) : undefined
    if (counts === undefined) return
    switch (event.kind) {
      case 'batch-posted':
        counts.batches += times
        counts.tips.set(event.toBlock, event.tip)
        if (times === 1) forgetCovered(counts, event.toBlock)
        break
      case 'root-posted':
      case 'proof-posted':
        counts[event.kind === 'root-posted' ? 'roots' : 'proofs'] += times
        if (times === 1) counts.posted.push(event)
        else counts.posted.pop()
        break
      case 'transaction-forced':
        if (times === 1) counts.forced.set(event.hash, { at, includedAt: null })
        else counts.forced.delete(event.hash)
        break
      case 'forced-read':
        if (event.by === 'call') counts.forcedCalls += times
        break
      case 'roots-deleted':
        counts.disproved += times
        break
      case 'challenge-lost':
        counts.upheld += times
        break
      case 'roots-reset':
        counts.resets += times
        break
    }
  }
}

function forgetCovered({ headers, tips }: Counts, toBlock: number): void {
  for (const [hash, { number }] of headers)
    if (number <= toBlock && tips.get(number) !== hash) headers.delete(hash)
}

/** What nobody can tell, because the batch's blocks are not here, is not wrong. */
function isWrong({ block, stateRoot, outboxRoot }: Posted, { headers, tips }: Counts): boolean {
  const tip = tips.get(block)
  const right = tip === undefined ? undefined : headers.get(tip)
  return right !== undefined && (right.stateRoot !== stateRoot || right.outboxRoot !== outboxRoot)
}
