// What somebody has of an asset on a chain when the run begins.
import type { Address } from '@solvent/primitives'
import type { AccountKind } from '@solvent/protocol'

export interface Holding {
  readonly chain: string
  readonly symbol: string
  readonly kind: AccountKind
  /** A participant's or a bridge's name. */
  readonly name: string
  /** Instead of the account of that name. */
  readonly owner?: Address
  /** Instead of the asset's own token. */
  readonly token?: Address | undefined
  /** Base units. */
  readonly amount: bigint
}

/** What is held of an asset on a chain, by anyone. */
export function heldBy(holdings: readonly Holding[], chain: string, symbol: string): bigint {
  return holdings.reduce(
    (sum, holding) => (holding.chain === chain && holding.symbol === symbol ? sum + holding.amount : sum),
    0n,
  )
}
