// What gas costs on a chain right now, as far as its newest followed block tells: the base fee of the slot that comes next.
// Wei per gas.
import type { BlockHeader, ChainSpec, NetworkSpec } from '@solvent/protocol'
import { baseFeeAt, genesisMarket, type ParentHeader, slotAt } from '@solvent/settlement'

export class FeeEstimate {
  readonly #spec: NetworkSpec
  readonly #chain: ChainSpec
  #newest: ParentHeader

  constructor(spec: NetworkSpec, chain: ChainSpec) {
    this.#spec = spec
    this.#chain = chain
    this.#newest = genesisMarket(chain)
  }

  /** A followed block; after a re-org the branch may be shorter than what was known. */
  onHeader(header: BlockHeader): void {
    this.#newest = header
  }

  /** Of the slot after the one that runs at `nowMs`. */
  baseFee(nowMs: number): bigint {
    const next = Math.max(this.#newest.number, slotAt(this.#spec, this.#chain, nowMs)) + 1
    return baseFeeAt(this.#chain, this.#newest, next)
  }
}
