// What controls did.
import type { Address } from '@solvent/primitives'
import type { VoteSupport } from './authority-votes.ts'
import type { Measure, ReserveStatus } from './measure.ts'

interface OfProposal {
  readonly authority: Address
  /** Counted from 0 for each authority. */
  readonly proposal: number
}

export type ControlEvent =
  | {
      readonly kind: 'breaker-tripped'
      readonly breaker: Address
      readonly guarded: Address
      /** As the watched oracle (8 decimals) or market (times 2^96) has them. */
      readonly reference: bigint
      readonly price: bigint
      /** The halt ends then, Unix seconds. */
      readonly haltedUntil: number
    }
  | (OfProposal & { readonly kind: 'measure-proposed'; readonly member: Address; readonly measure: Measure })
  | (OfProposal & {
      readonly kind: 'measure-voted'
      readonly member: Address
      /** Where holders vote: for or against, and with how many votes. */
      readonly cast?: { readonly support: VoteSupport; readonly votes: bigint } | undefined
    })
  | (OfProposal & { readonly kind: 'measure-enacted'; readonly measure: Measure })
  /** How the terms of a reserve are from now on. */
  | {
      readonly kind: 'reserve-terms-set'
      readonly pool: Address
      readonly token: Address
      readonly ltvBps: bigint
      readonly liquidationThresholdBps: bigint
      readonly supplyCap: bigint
      readonly borrowCap: bigint
      readonly status: ReserveStatus
    }
