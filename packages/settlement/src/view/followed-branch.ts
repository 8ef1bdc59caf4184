// The branch that a follower follows among the blocks that it knows, from its newest final block (or genesis) on.
import type { Hash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import type { FinalityState } from '../chain/consensus/finality-state.ts'

export interface TreeNode {
  readonly hash: Hash32
  readonly number: number
  readonly height: number
  /** By hash and not by reference, which would hold every block below alive; null for genesis and where the blocks below are forgotten. */
  readonly parentHash: Hash32 | null
  /** What the validators have voted up to this block; null on a rollup. */
  readonly finality: FinalityState | null
  /** Null for genesis, which no one sends. */
  readonly block: Block | null
}

export class FollowedBranch {
  /** All that are known, on the branch or beside it. */
  readonly known = new Map<Hash32, TreeNode>()
  /** Index = height − height of the base. */
  nodes: TreeNode[] = []

  get base(): TreeNode | undefined {
    return this.nodes[0]
  }

  get tip(): TreeNode | undefined {
    return this.nodes[this.nodes.length - 1]
  }

  /** Where on the branch a block of this height stands. */
  placeOf({ height }: TreeNode): number {
    return height - (this.nodes[0]?.height ?? 0)
  }

  has(node: TreeNode): boolean {
    return this.nodes[this.placeOf(node)] === node
  }

  parentOf({ parentHash }: TreeNode): TreeNode | undefined {
    return parentHash === null ? undefined : this.known.get(parentHash)
  }

  /** The first place above the base whose number is above this one; the length when there is none. */
  firstAbove(number: number): number {
    let low = 1
    let high = this.nodes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.nodes[middle] as TreeNode).number <= number) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Whether a block stands on another; walks back to the branch only: what is below on it is known by its height. */
  descends(node: TreeNode, from: Hash32): boolean {
    let at: TreeNode | undefined = node
    while (at !== undefined) {
      if (at.hash === from) return true
      if (this.has(at)) {
        const origin = this.known.get(from)
        return origin !== undefined && origin.height <= at.height && this.has(origin)
      }
      at = this.parentOf(at)
    }
    return false
  }
}
