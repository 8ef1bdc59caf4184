// How a reporter of a feed goes wrong: settlement rules §9, oracle faults.
import type { Address } from '@solvent/primitives'

export type ReportLie =
  /** It posts nothing: the answer grows stale. */
  | { readonly kind: 'silent' }
  /** It posts in time, and always what it posted last. */
  | { readonly kind: 'frozen' }
  /** Off by a share of the price: a step. */
  | { readonly kind: 'step'; readonly bps: number }
  /** Off by a share that grows with each hour. */
  | { readonly kind: 'drift'; readonly bpsPerHour: number }
  /** Its only venue is manipulated: this is the price there. */
  | { readonly kind: 'venue'; readonly priceE8: bigint }
  /** It never posts less than this. */
  | { readonly kind: 'floor'; readonly priceE8: bigint }
  /** The decimals of another token: the price times a power of ten. */
  | { readonly kind: 'decimals'; readonly shift: number }
  /** Zero or less. */
  | { readonly kind: 'answer'; readonly answerE8: bigint }
  /** It posts into rounds that have been. */
  | { readonly kind: 'round-back'; readonly rounds: number }

export const reportLieKinds = [
  'silent',
  'frozen',
  'step',
  'drift',
  'venue',
  'floor',
  'decimals',
  'answer',
  'round-back',
] as const satisfies readonly ReportLie['kind'][]

/** A reporter's order to go wrong at one oracle, until then (Unix ms). */
export interface MisreportOrder {
  readonly oracle: Address
  readonly lie: ReportLie
  readonly untilMs: number
}
