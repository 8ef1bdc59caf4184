// What a watcher measures of its chains' fee markets, over the followed blocks. Wei per gas and per blob gas.
import { type ChainId, msToSeconds } from '@solvent/primitives'
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

export interface LateCalls {
  readonly call: string
  readonly included: number
  readonly givenUp: number
  /** Offers that were raised. */
  readonly raised: number
  readonly longestSeconds: number
}

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
  readonly #late = new Map<ChainId, Map<string, LateCalls>>()

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
  late({
    chainId,
    call,
    waitedMs,
    raised,
    outcome,
  }: Extract<DomainEvent, { kind: 'transaction-late' }>): void {
    const calls = this.#late.get(chainId) ?? new Map<string, LateCalls>()
    this.#late.set(chainId, calls)
    const before = calls.get(call) ?? { call, included: 0, givenUp: 0, raised: 0, longestSeconds: 0 }
    calls.set(call, {
      call,
      included: before.included + (outcome === 'included' ? 1 : 0),
      givenUp: before.givenUp + (outcome === 'given-up' ? 1 : 0),
      raised: before.raised + raised,
      longestSeconds: Math.max(before.longestSeconds, msToSeconds(waitedMs)),
    })
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
      late: [...(this.#late.get(chainId)?.values() ?? [])],
    }
  }
}
