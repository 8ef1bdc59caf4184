// What an operator may have a rollup's producer, or a challenger, do wrong. Times: Unix ms of the network's clock.
import type { ChainId, Hash32 } from '@solvent/primitives'

export const postingSeries = ['batch', 'root', 'proof'] as const
export type PostingSeries = (typeof postingSeries)[number]

export type RollupControl =
  /** The next roots that it proposes, or proves, are these. */
  | {
      readonly kind: 'invalid-root'
      readonly rollup: ChainId
      readonly stateRoot: Hash32
      readonly outboxRoot: Hash32
    }
  /** It posts nothing of this series until then: a late or missing batch, a proposer that sleeps, a prover outage. */
  | {
      readonly kind: 'hold-postings'
      readonly rollup: ChainId
      readonly series: PostingSeries
      readonly untilMs: number
    }
  /** It posts its newest batch a second time. */
  | { readonly kind: 'repeat-batch'; readonly rollup: ChainId }
  /** A challenger challenges the next so many roots, right or wrong. */
  | { readonly kind: 'challenge-blindly'; readonly rollup: ChainId; readonly count: number }
  /** It announces and batches blocks, and serves none of their bodies until then. */
  | { readonly kind: 'withhold-data'; readonly rollup: ChainId; readonly untilMs: number }
