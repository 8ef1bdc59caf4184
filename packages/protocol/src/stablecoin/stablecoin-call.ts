// What a transaction asks of an algorithmic stablecoin.
import type { Address } from '@solvent/primitives'

/** `redeem` burns the stablecoin and mints token, `issue` burns token and mints the stablecoin. */
export const exchangeDirections = ['redeem', 'issue'] as const
export type ExchangeDirection = (typeof exchangeDirections)[number]

export interface StablecoinCall {
  readonly kind: 'exchange-stablecoin'
  readonly stablecoin: Address
  readonly direction: ExchangeDirection
  /** Of what is burned. */
  readonly amount: bigint
  readonly minAmountOut: bigint
}
