// The steps of which ways to a token are made: a sale on a market, money of the same asset that lies on another chain, a crossing over a bridge.
import type { Address, ChainId } from '@solvent/primitives'
import type { BridgeSpec } from '@solvent/protocol'
import type { MarketMirror, SwapSide } from '@solvent/settlement'

export interface TokenAt {
  readonly chainId: ChainId
  readonly token: Address
}

/** A trade on one chain. */
export interface Exchange {
  readonly chainId: ChainId
  readonly sold: Address
  readonly bought: Address
}

export interface Sale {
  readonly kind: 'sale'
  readonly mirror: MarketMirror
  readonly side: SwapSide
  readonly sold: Address
  readonly bought: Address
}

/** In place of what is sold here, the same asset is sold where it lies there. */
interface Stock {
  readonly kind: 'stock'
  readonly here: TokenAt
  readonly there: TokenAt
}

export interface Crossing {
  readonly kind: 'crossing'
  readonly bridge: BridgeSpec
  readonly from: TokenAt
  readonly to: TokenAt
}

export type Step = Sale | Stock | Crossing
