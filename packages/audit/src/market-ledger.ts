// One market as its events tell it: what its pool holds and how many shares there are. Base units. The journal must agree.
import type { Address, ChainId } from '@solvent/primitives'
import { type MarketSpec, marketShareToken, type SharedDesign } from '@solvent/protocol'
import type { ChainBook } from './book.ts'

export type SharedMarket = MarketSpec & { readonly design: SharedDesign }

export class MarketLedger {
  readonly spec: SharedMarket
  readonly address: Address
  readonly chainId: ChainId
  readonly shareToken: Address
  reserve0 = 0n
  reserve1 = 0n
  shares = 0n
  readonly #book: ChainBook

  constructor(spec: SharedMarket, book: ChainBook) {
    this.spec = spec
    this.address = spec.address
    this.chainId = spec.chainId
    this.shareToken = marketShareToken(spec)
    this.#book = book
  }

  /** Takes over what genesis put in. */
  begin(): void {
    this.reserve0 = this.booked0
    this.reserve1 = this.booked1
    this.shares = this.bookedShares
  }

  get booked0(): bigint {
    return this.#book.token(this.spec.token0).balance('POOL', this.address)
  }

  get booked1(): bigint {
    return this.#book.token(this.spec.token1).balance('POOL', this.address)
  }

  get bookedShares(): bigint {
    return -this.#book.token(this.shareToken).balance('SUPPLY', '')
  }
}
