// An algorithmic stablecoin: a contract on one chain that burns the stablecoin for freshly minted token of its own, and the other
// way round. docs/models/algorithmic-stablecoin.md.
import type { Address, ChainId } from '@solvent/primitives'
import type { PriceRule } from '../network/oracle-spec.ts'
import { contractAddress } from '../signing/account.ts'

export interface StablecoinSpec {
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  readonly stable: Address
  readonly stableDecimals: number
  readonly token: Address
  readonly tokenDecimals: number
  /** Depth of each virtual pool at rest, base units of the stablecoin. */
  readonly basePool: bigint
  /** A block takes 1/n of the pool's distance from rest away. */
  readonly recoveryBlocks: number
  readonly minSpreadBps: bigint
  readonly price: TokenPriceSource
}

/** Where the contract reads the token's price in pegs. */
export type TokenPriceSource =
  | { readonly kind: 'oracle'; readonly rule: PriceRule }
  /** The spot price of a market of token and a coin that counts as the peg. */
  | {
      readonly kind: 'market'
      readonly market: Address
      readonly quote: Address
      readonly quoteDecimals: number
    }

/** Where the contract of an algorithmic stablecoin is. */
export function stablecoinAddress(name: string): Address {
  return contractAddress('stablecoin', name)
}
