// Which of two branches a chain follows: the one with more blocks, then the one whose newest block has the lower hash,
// so that everyone who has seen the same blocks follows the same branch. Stands in for LMD-GHOST (no attestations here);
// what is final is never up for choice.
import type { Hash32 } from '@solvent/primitives'

export interface Tip {
  /** Blocks since genesis, which has height 0. Slots without a block do not count. */
  readonly height: number
  readonly hash: Hash32
}

/** Whether `challenger` takes the head from `current`. */
export function isBetterTip(challenger: Tip, current: Tip): boolean {
  return challenger.height === current.height
    ? challenger.hash < current.hash
    : challenger.height > current.height
}
