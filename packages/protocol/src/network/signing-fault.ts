// How a node's account goes wrong when it signs: a nonce that is too high, a gas limit that is too low. Kinds: settlement.md §9,
// transaction level. Both leave a transaction that the chain takes, so that nobody but its sender can mend it.
import type { ChainId } from '@solvent/primitives'

/** Nonces left out at once at most: beyond 64 a pool refuses what follows (geth's legacypool), and both sides of that are reached. */
export const MAX_SKIPPED_NONCES = 100

export type SigningFault =
  /** The next transaction on the chain leaves so many nonces out. */
  | { readonly kind: 'skip-nonces'; readonly chainId: ChainId; readonly count: number }
  /** The next so many transactions of these kinds (none: all) may use only this share of the gas that their calls take. */
  | {
      readonly kind: 'cut-gas'
      readonly chainId: ChainId
      readonly calls: readonly string[]
      readonly count: number
      readonly gasPercent: number
    }
