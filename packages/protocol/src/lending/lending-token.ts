// The tokens that a lending pool issues for a reserve: a receipt to whoever supplies, a debt token to whoever borrows. Both count in
// scaled units, so that balances stay while the indexes grow: the receipt is what Aave calls a static aToken.
import type { Address } from '@solvent/primitives'
import { contractAddress } from '../signing/account.ts'

/** A claim on what was supplied; it can be handed on and pledged elsewhere. */
export function receiptToken(pool: Address, token: Address): Address {
  return contractAddress('receipt', `${pool}/${token}`)
}

/** What an account owes; nobody can hand it on. */
export function debtToken(pool: Address, token: Address): Address {
  return contractAddress('debt', `${pool}/${token}`)
}

/** As an amount to withdraw or repay: all there is (type(uint256).max). */
export const ALL_OF_IT = 2n ** 256n - 1n
