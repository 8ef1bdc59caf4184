// The key behind an account. An account begins with the key from which its address is made; its owner may put another in its place by a
// transaction, and keeps address, balances and nonces. Sources: Cosmos SDK ADR-034 (account rekeying, `MsgChangePubKey`), XRP Ledger
// SetRegularKey with the master key switched off; on Ethereum an account with code does the same.
import type { Address } from '@solvent/primitives'

export interface KeyCall {
  readonly kind: 'rotate-key'
  /** The address that the new key would have as an account of its own. */
  readonly key: Address
}

export interface KeyEvent {
  readonly kind: 'key-rotated'
  readonly account: Address
  readonly key: Address
}

/** Whose signature a transaction carries. */
export function signerOf({
  from,
  signer,
}: {
  readonly from: Address
  readonly signer?: Address | undefined
}): Address {
  return signer ?? from
}
