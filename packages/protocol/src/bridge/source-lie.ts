// How a verifier's data source misleads it about one chain. settlement.md §9, RPC lies.
import type { ChainId } from '@solvent/primitives'

export const sourceLies = [
  /** Its head stands still. */
  'stale-head',
  /** It answers for another chain, which the verifier sees and refuses. */
  'wrong-chain-id',
  /** Its receipts lack the logs of the bridge. */
  'missing-logs',
  /** It follows another branch, where transfers carry other amounts. */
  'fork',
] as const

export interface SourceLie {
  readonly chainId: ChainId
  readonly lie: (typeof sourceLies)[number]
  /** Unix ms. */
  readonly untilMs: number
}
