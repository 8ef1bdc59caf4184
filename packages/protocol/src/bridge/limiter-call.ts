// What a transaction asks of a bridge's limiter.
import type { Address, Hash32 } from '@solvent/primitives'

export const transferVotes = ['release', 'censor'] as const
export type TransferVote = (typeof transferVotes)[number]

export type LimiterCall =
  /** Anyone: pays out a queued transfer whose time has come, or that fits by now. */
  | { readonly kind: 'release-transfer'; readonly bridge: Address; readonly digest: Hash32 }
  /** A verifier of the current set: would pay a queued transfer out at once, or delete it. */
  | {
      readonly kind: 'vote-transfer'
      readonly bridge: Address
      readonly digest: Hash32
      readonly vote: TransferVote
    }
  /** The guardian: what a tracked token is worth now, numeraire with eight decimals. */
  | {
      readonly kind: 'price-token'
      readonly bridge: Address
      readonly token: Address
      readonly priceE8: bigint
    }
