// What a transaction asks of a bridge's client of another chain.
import type { Address, ChainId } from '@solvent/primitives'
import type { SignedHeader } from '../chain/block-header.ts'
import type { HeaderForm } from '../network/bridge-spec.ts'

/** Most headers in one submission: what fits a transaction. */
export const MAX_HEADERS = 10

export type HeaderCall =
  /**
   * Hands in headers of `source`, each the child of the one before it, the first a child of one that the client has (or
   * the one it begins with). In the `zk` form they are what a validity proof has checked; no proof is computed here, so
   * the contract looks at them itself, at the gas of a proof.
   */
  {
    readonly kind: 'submit-headers'
    readonly bridge: Address
    readonly source: ChainId
    readonly form: HeaderForm
    readonly headers: readonly SignedHeader[]
  }
