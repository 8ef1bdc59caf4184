// What a watcher measures of its chains' fee markets, over the followed blocks. Wei per gas and per blob gas.
import { type ChainId, msToSeconds, type NodeId } from '@solvent/primitives'
import type { Block, DomainEvent, NetworkSpec } from '@solvent/protocol'
import { blobBaseFee, gasOf } from '@solvent/settlement'
import type { BlockBook } from './block-book.ts'

export interface FeeMeasures {
  /** Null before the first block. The median of an even number is the lower of the two. */
  readonly baseFee: { readonly min: bigint; readonly median: bigint; readonly max: bigint } | null
  /** Null on a chain without blobs. */
  readonly blobBaseFeeMax: bigint | null
  /** Gas of this network's transactions, and of other people's in the same blocks. */
  readonly gasUsed: number
  readonly backgroundGas: number
  /** Blocks without room for one more transfer. */
  readonly fullBlocks: number
  /** By kind of call: transactions that waited for a block, or were given up; in the simulator, where nodes are heard. */
  readonly late: readonly LateCalls[]
}

interface LateCounts {
  readonly included: number
  readonly givenUp: number
  /** Offers that were raised. */
  readonly raised: number
  readonly longestSeconds: number
}

export interface LateCalls extends LateCounts {
  readonly call: string
  /** Whose they were, by name. */
  readonly senders: readonly (LateCounts & { readonly node: NodeId })[]
}

type LateEvent = Extract<DomainEvent, { kind: 'transaction-late' }>

interface Sample {
  readonly number: number
  readonly baseFee: bigint
  readonly blobFee: bigint
  readonly gasUsed: number
  readonly backgroundGas: number
}

export class FeeMeter implements BlockBook {
  readonly #spec: NetworkSpec
  readonly #samples = new Map<ChainId, Sample[]>()
  /** By chain, kind of call and node. */
  readonly #late = new Map<ChainId, Map<string, Map<NodeId, LateCounts>>>()

  constructor(spec: NetworkSpec) {
    this.#spec = spec
    for (const { chainId } of spec.chains) this.#samples.set(chainId, [])
  }

  followed({ header: { chainId, number, baseFee, gasUsed, market } }: Block): void {
    const blobs = this.#spec.chains.find((chain) => chain.chainId === chainId)?.blobMarket
    const blobFee = blobs === undefined ? 0n : blobBaseFee(blobs, market.excessBlobGas)
    const { backgroundGas } = market
    this.#samples.get(chainId)?.push({ number, baseFee, blobFee, gasUsed, backgroundGas })
  }

  /** A node says that a transaction of its own waited. */
  late(node: NodeId, event: LateEvent): void {
    const { chainId, call } = event
    const calls = this.#late.get(chainId) ?? new Map<string, Map<NodeId, LateCounts>>()
    const senders = calls.get(call) ?? new Map<NodeId, LateCounts>()
    this.#late.set(chainId, calls.set(call, senders))
    senders.set(node, together([senders.get(node) ?? NONE, countsOf(event)]))
  }

  /** The newest block is no longer followed. */
  orphaned({ header: { chainId, number } }: Block): void {
    const samples = this.#samples.get(chainId)
    if (samples?.at(-1)?.number === number) samples.pop()
  }

  measures(chainId: ChainId): FeeMeasures {
    const samples = this.#samples.get(chainId) ?? []
    const fees = samples.map(({ baseFee }) => baseFee).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const [min, median, max] = [fees[0], fees[(fees.length - 1) >> 1], fees.at(-1)]
    const limit = this.#spec.chains.find((chain) => chain.chainId === chainId)?.gasLimit ?? 0
    const room = limit - gasOf('transfer')
    const hasBlobs = this.#spec.chains.some((chain) => chain.chainId === chainId && chain.blobMarket)
    return {
      baseFee: min === undefined || median === undefined || max === undefined ? null : { min, median, max },
      blobBaseFeeMax: hasBlobs
        ? samples.reduce((most, { blobFee }) => (blobFee > most ? blobFee : most), 0n)
        : null,
      gasUsed: samples.reduce((sum, sample) => sum + sample.gasUsed, 0),
      backgroundGas: samples.reduce((sum, sample) => sum + sample.backgroundGas, 0),
      fullBlocks: samples.filter(({ gasUsed, backgroundGas }) => gasUsed + backgroundGas > room).length,
      late: [...(this.#late.get(chainId) ?? [])].map(([call, senders]) => lateCalls(call, senders)),
    }
  }
}

const NONE: LateCounts = { included: 0, givenUp: 0, raised: 0, longestSeconds: 0 }

function countsOf({ waitedMs, raised, outcome }: LateEvent): LateCounts {
  return {
    included: outcome === 'included' ? 1 : 0,
    givenUp: outcome === 'given-up' ? 1 : 0,
    raised,
    longestSeconds: msToSeconds(waitedMs),
  }
}

function together(counts: readonly LateCounts[]): LateCounts {
  return counts.reduce(
    (sum, each) => ({
      included: sum.included + each.included,
      givenUp: sum.givenUp + each.givenUp,
      raised: sum.raised + each.raised,
      longestSeconds: Math.max(sum.longestSeconds, each.longestSeconds),
    }),
    NONE,
  )
}

function lateCalls(call: string, senders: ReadonlyMap<NodeId, LateCounts>): LateCalls {
  const byName = [...senders].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    call,
    ...together([...senders.values()]),
    senders: byName.map(([node, counts]) => ({ node, ...counts })),
  }
}
