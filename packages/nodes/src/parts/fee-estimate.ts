// What a place in a block costs on a chain right now, as far as its newest followed block tells, and what a node offers for
// one. Source of the replacement rule: OIF's solver configuration (sweep 15 s, pending above 60 s, +15 %, at most 3, never
// above 100 gwei); a blob transaction must double its offer (go-ethereum's blob pool). Wei per gas and per blob gas.
import { divUp } from '@solvent/primitives'
import type { BlockHeader, ChainSpec, NetworkSpec } from '@solvent/protocol'
import {
  genesisMarket,
  hasMarket,
  marginalPrice,
  type ParentHeader,
  type SlotMarket,
  slotAt,
  slotMarket,
} from '@solvent/settlement'

export interface Offer {
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
  /** 0 for a transaction without blobs. */
  readonly maxFeePerBlobGas: bigint
}

/** What a unit of gas costs, wei: the price in the next block, and what a node pays at most, however often it raises its offer. */
export interface GasQuote {
  readonly perGas: bigint
  readonly mostPerGas: bigint
}

const DEFAULT_TIP_DIVISOR = 10n
/** The maximum fee leaves room for the base fee to double: six full blocks at EIP-1559's 12.5 % a block. */
const HEADROOM = 2n
const RAISE_PERCENT = 115n
const BLOB_RAISE_PERCENT = 200n
const CAP = 100_000_000_000n
/** Where a chain begins dear, a node must be able to pay more than OIF's 100 gwei. */
const CAP_OVER_GENESIS = 10n

export class FeeEstimate {
  readonly #spec: NetworkSpec
  readonly #chain: ChainSpec
  readonly #cap: bigint
  #newest: ParentHeader

  constructor(spec: NetworkSpec, chain: ChainSpec) {
    this.#spec = spec
    this.#chain = chain
    this.#newest = genesisMarket(chain)
    this.#cap = larger(CAP, CAP_OVER_GENESIS * chain.baseFee)
  }

  /** Whether waiting or offering more can change anything: not with a constant fee. */
  get moves(): boolean {
    return hasMarket(this.#chain)
  }

  /** A followed block; after a re-org the branch may be shorter than what was known. */
  onHeader(header: BlockHeader): void {
    this.#newest = header
  }

  /** The base fees of the slot after the one that runs at `nowMs`. */
  next(nowMs: number): Pick<SlotMarket, 'baseFee' | 'blobBaseFee'> {
    const number = Math.max(this.#newest.number, slotAt(this.#spec, this.#chain, nowMs)) + 1
    return slotMarket(this.#chain, this.#newest, number, {})
  }

  /** Twice the base fee and a tip: a tenth of the base fee, or what the least of the others paid in a full block, at most the base fee. */
  offer(nowMs: number, priorityFeePerGas?: bigint): Offer {
    const { baseFee, blobBaseFee } = this.next(nowMs)
    const tip = priorityFeePerGas ?? this.#usualTip(baseFee)
    const offered = HEADROOM * baseFee + tip
    return {
      maxFeePerGas: this.moves ? smaller(offered, this.#cap) : offered,
      maxPriorityFeePerGas: tip,
      maxFeePerBlobGas: HEADROOM * blobBaseFee,
    }
  }

  /** What the usual offer pays in the next block, and the most that it and all that replace it pay in any. */
  quote(nowMs: number): GasQuote {
    const { maxFeePerGas, maxPriorityFeePerGas } = this.offer(nowMs)
    const perGas = smaller(this.next(nowMs).baseFee + maxPriorityFeePerGas, maxFeePerGas)
    return { perGas, mostPerGas: this.moves ? this.#cap : perGas }
  }

  /** A replacement: the raise, or what is asked now when that is more; null when the cap leaves no room for a raise. */
  raised(offer: Offer, nowMs: number): Offer | null {
    const asked = this.offer(nowMs)
    const percent = offer.maxFeePerBlobGas > 0n ? BLOB_RAISE_PERCENT : RAISE_PERCENT
    const more = (before: bigint, now: bigint): bigint => larger(divUp(before * percent, 100n), now)
    const maxFeePerGas = more(offer.maxFeePerGas, asked.maxFeePerGas)
    if (maxFeePerGas > this.#cap) return null
    return {
      maxFeePerGas,
      maxPriorityFeePerGas: smaller(
        more(offer.maxPriorityFeePerGas, asked.maxPriorityFeePerGas),
        maxFeePerGas,
      ),
      maxFeePerBlobGas:
        offer.maxFeePerBlobGas === 0n ? 0n : more(offer.maxFeePerBlobGas, asked.maxFeePerBlobGas),
    }
  }

  #usualTip(baseFee: bigint): bigint {
    const tenth = baseFee / DEFAULT_TIP_DIVISOR
    const market = marginalPrice(this.#chain, this.#newest) - baseFee
    return larger(tenth, smaller(market, baseFee))
  }
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
