// What a watcher measures of declared outages of sequencers: what came in their time, when the chain went on, and what
// became of the orders that had to be filled then. Times are chain time (Unix ms): a block counts at the start of its slot.
import { type ChainId, msToSeconds, type NodeId } from '@solvent/primitives'
import type { Block, BlockHeader, NetworkSpec, OutageMode, SequencerOutage } from '@solvent/protocol'
import { slotStartMs } from '@solvent/settlement'
import type { BlockBook } from './block-book.ts'
import type { OrderFacts } from './outcome-book.ts'

/** An outage of some of a chain's producers, over the same time and in the same way. */
export interface OutageOutcome {
  readonly chainId: ChainId
  readonly mode: OutageMode
  /** Nodes that failed, and of how many. */
  readonly producers: readonly NodeId[]
  readonly ofProducers: number
  readonly fromMs: number
  readonly untilMs: number
  /** On the followed branch, in that time. */
  readonly blocks: number
  readonly transactions: number
  /** The longest time without a block that overlaps the outage; null when no block came after it. */
  readonly longestGapSeconds: number | null
  /** From the end of the outage to the next block; null when none came. */
  readonly resumedAfterSeconds: number | null
  /** Transactions in the first two minutes after it. */
  readonly flood: number
  /** Orders to be filled there whose fill deadline fell into the outage, and how many of them never were. */
  readonly fillsDue: number
  readonly fillsMissed: number
}

/** Senders that were refused come back within a minute and a half. */
const FLOOD_MS = 120_000

type Seen = Pick<BlockHeader, 'number' | 'emptyBefore' | 'transactionCount'>

export class OutageBook implements BlockBook {
  readonly #spec: NetworkSpec
  readonly #outages: SequencerOutage[] = []
  /** Blocks of chains with outages, oldest first. */
  readonly #blocks = new Map<ChainId, Seen[]>()

  constructor(spec: NetworkSpec) {
    this.#spec = spec
  }

  declared(outage: SequencerOutage): void {
    this.#outages.push(outage)
    if (!this.#blocks.has(outage.chainId)) this.#blocks.set(outage.chainId, [])
  }

  followed({ header }: Block): void {
    const { chainId, number, emptyBefore, transactionCount } = header
    this.#blocks.get(chainId)?.push({ number, emptyBefore, transactionCount })
  }

  orphaned({ header }: Block): void {
    const blocks = this.#blocks.get(header.chainId)
    if (blocks?.at(-1)?.number === header.number) blocks.pop()
  }

  /** Producers that fail together are one outage; in the order in which they were declared. */
  outcomes(orders: Iterable<OrderFacts>): OutageOutcome[] {
    const groups = new Map<string, SequencerOutage[]>()
    for (const outage of this.#outages) {
      const { chainId, mode, fromMs, untilMs } = outage
      const key = `${chainId}/${mode}/${fromMs}/${untilMs}`
      groups.set(key, [...(groups.get(key) ?? []), outage])
    }
    const known = [...orders]
    return [...groups.values()].flatMap((group) => this.#outcome(group, known))
  }

  #outcome(group: readonly SequencerOutage[], orders: readonly OrderFacts[]): OutageOutcome[] {
    const [first] = group
    const chain = this.#spec.chains.find(({ chainId }) => chainId === first?.chainId)
    if (first === undefined || chain === undefined) return []
    const { chainId, mode, fromMs, untilMs } = first
    const blocks = (this.#blocks.get(chainId) ?? []).map((block) => ({
      ...block,
      atMs: slotStartMs(this.#spec, chain, block.number),
      parentMs: slotStartMs(this.#spec, chain, block.number - block.emptyBefore - 1),
    }))
    const during = blocks.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs)
    const next = blocks.find(({ atMs }) => atMs >= untilMs)
    const due = orders.filter(
      ({ order }) =>
        order.output.chainId === chainId &&
        order.fillDeadline >= msToSeconds(fromMs) &&
        order.fillDeadline < msToSeconds(untilMs),
    )
    return [
      {
        chainId,
        mode,
        producers: group.map(({ producer }) => producer),
        ofProducers: chain.producers.length,
        fromMs,
        untilMs,
        blocks: during.length,
        transactions: transactionsOf(during),
        longestGapSeconds: next === undefined ? null : msToSeconds(longestGapMs(blocks, fromMs, untilMs)),
        resumedAfterSeconds: next === undefined ? null : msToSeconds(next.atMs - untilMs),
        flood: transactionsOf(blocks.filter(({ atMs }) => atMs >= untilMs && atMs < untilMs + FLOOD_MS)),
        fillsDue: due.length,
        fillsMissed: due.filter(({ fill }) => fill === null).length,
      },
    ]
  }
}

/** Of the times from parent to block that overlap the outage. */
function longestGapMs(
  blocks: readonly { readonly parentMs: number; readonly atMs: number }[],
  fromMs: number,
  untilMs: number,
): number {
  const overlapping = blocks.filter(({ parentMs, atMs }) => atMs >= fromMs && parentMs < untilMs)
  return overlapping.reduce((longest, { parentMs, atMs }) => Math.max(longest, atMs - parentMs), 0)
}

function transactionsOf(blocks: readonly Seen[]): number {
  return blocks.reduce((sum, { transactionCount }) => sum + transactionCount, 0)
}
