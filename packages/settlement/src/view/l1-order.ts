// Which branches of a rollup may be followed, as its L1 says: those that contain the newest batch's tip and leave the slots empty that
// no batch held in time.
import type { Hash32 } from '@solvent/primitives'
import type { FollowedBranch, TreeNode } from './followed-branch.ts'

/** What the L1 says of a rollup's branch. */
export interface L1Order {
  /** The tip of the newest batch: the branch contains it, once it is known; null before the first. */
  readonly tip: Hash32 | null
  readonly batchedTo: number
  /** Slots above `batchedTo` up to this one stay empty: their sequencing window has passed. */
  readonly lapsedTo: number
}

/** Before the L1 has said anything. */
export const NO_ORDER: L1Order = Object.freeze({ tip: null, batchedTo: 0, lapsedTo: -1 })

/** Where on the followed branch the first block stands whose slot has lapsed; -1 when there is none. */
export function firstLapsed(branch: FollowedBranch, { batchedTo, lapsedTo }: L1Order): number {
  if (lapsedTo <= batchedTo) return -1
  const place = branch.firstAbove(batchedTo)
  const first = branch.nodes[place]
  return first !== undefined && first.number <= lapsedTo ? place : -1
}

/** Whether the block's branch leaves the slots empty that have lapsed. */
export function isInWindow(branch: FollowedBranch, order: L1Order, node: TreeNode): boolean {
  const { batchedTo, lapsedTo } = order
  for (let at: TreeNode | undefined = node; at !== undefined; at = branch.parentOf(at)) {
    if (branch.has(at)) {
      const lapsed = firstLapsed(branch, order)
      return lapsed < 0 || branch.placeOf(at) < lapsed
    }
    if (at.number <= batchedTo) return true
    if (at.number <= lapsedTo) return false
  }
  return true
}
