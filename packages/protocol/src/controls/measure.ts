// What an authority may decide: the terms of a reserve, and who may move a token.
import type { Address } from '@solvent/primitives'

/** Terms of a reserve as they are to be; null: as they are. */
export interface TermsChange {
  readonly ltvBps: bigint | null
  readonly liquidationThresholdBps: bigint | null
  /** Whole units; 0: none. */
  readonly supplyCap: bigint | null
  readonly borrowCap: bigint | null
  readonly status: ReserveStatus | null
}

export const reserveStatuses = ['active', 'frozen', 'paused'] as const
export type ReserveStatus = (typeof reserveStatuses)[number]

/** What may be done to a token's holders. */
export const tokenPowers = ['freeze', 'claw-back', 'halt'] as const
export type TokenPower = (typeof tokenPowers)[number]

export type Measure =
  | {
      readonly kind: 'set-terms'
      readonly pool: Address
      readonly token: Address
      readonly change: TermsChange
    }
  /** Nothing of the token moves to or from the account, until it is unfrozen. */
  | { readonly kind: 'freeze' | 'unfreeze'; readonly token: Address; readonly account: Address }
  /** Takes up to so much from an account, frozen or not, and gives it to another. */
  | {
      readonly kind: 'claw-back'
      readonly token: Address
      readonly account: Address
      readonly amount: bigint
      readonly to: Address
    }
  /** Nothing of the token moves at all, until it is resumed. */
  | { readonly kind: 'halt' | 'resume'; readonly token: Address }
