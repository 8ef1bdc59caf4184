// What a watcher measures of its chains' fee markets, over the followed blocks. Wei per gas and per blob gas.
import type { ChainId } from '@solvent/primitives'
import type { Block, NetworkSpec } from '@solvent/protocol'
import { blobBaseFee } from '@solvent/settlement'

export interface FeeMeasures {
  /** Null before the first block. The median of an even number is the lower of the two. */
  readonly baseFee: { readonly min: bigint; readonly median: bigint; readonly max: bigint } | null
  /** Null on a chain without blobs. */
  readonly blobBaseFeeMax: bigint | null
  /** Gas of this network's transactions, and of other people's in the same blocks. */
  readonly gasUsed: number
  readonly backgroundGas: number
}

interface Sample {
  readonly number: number
  readonly baseFee: bigint
  readonly blobFee: bigint
  readonly gasUsed: number
  readonly backgroundGas: number
}

export class FeeMeter {
  readonly #spec: NetworkSpec
  readonly #samples = new Map<ChainId, Sample[]>()

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

  /** The newest block is no longer followed. */
  orphaned({ header: { chainId, number } }: Block): void {
    const samples = this.#samples.get(chainId)
    if (samples?.at(-1)?.number === number) samples.pop()
  }

  measures(chainId: ChainId): FeeMeasures {
    const samples = this.#samples.get(chainId) ?? []
    const fees = samples.map(({ baseFee }) => baseFee).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const [min, median, max] = [fees[0], fees[(fees.length - 1) >> 1], fees.at(-1)]
    const hasBlobs = this.#spec.chains.some((chain) => chain.chainId === chainId && chain.blobMarket)
    return {
      baseFee: min === undefined || median === undefined || max === undefined ? null : { min, median, max },
      blobBaseFeeMax: hasBlobs
        ? samples.reduce((most, { blobFee }) => (blobFee > most ? blobFee : most), 0n)
        : null,
      gasUsed: samples.reduce((sum, sample) => sum + sample.gasUsed, 0),
      backgroundGas: samples.reduce((sum, sample) => sum + sample.backgroundGas, 0),
    }
  }
}
