// What an algorithmic stablecoin did.
import type { Address } from '@solvent/primitives'
import type { ExchangeDirection } from './stablecoin-call.ts'

export interface StablecoinEvent {
  readonly kind: 'stablecoin-exchanged'
  readonly stablecoin: Address
  readonly holder: Address
  readonly direction: ExchangeDirection
  /** Burned. */
  readonly amountIn: bigint
  /** Minted. */
  readonly amountOut: bigint
  /** What the price alone would have given beyond it, in the same coin; nobody has it. */
  readonly fee: bigint
  /** Of a whole token in pegs, 8 decimals. */
  readonly priceE8: bigint
  /** How far the stablecoin's virtual pool is from rest afterwards, base units of the stablecoin. */
  readonly delta: bigint
}
