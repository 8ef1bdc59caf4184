/**
 * The Merkle sum tree of a report: every node carries the sums of what is below it.
 *
 * Maxwell's tree hashes the sum of two children, which does not bind their own sums: a prover may show one child a sum
 * that the other never sees, and prove to everyone debts as small as the largest of them (Hu, Zhang, Guo, ePrint 2018/1139).
 * Here a node is the hash of both children's hashes and both children's sums, leaves and nodes are of different
 * domains, and a negative sum is refused wherever it stands.
 */
import { type Hash32, hashCanonical } from '@solvent/primitives'
import type { Position } from './position.ts'
import { addSums, NO_SUMS, type Sums, sumsOf } from './sums.ts'

/** Leaves of a tree; at most 2^20. */
export const MAX_DEPTH = 20

export interface TreeNode {
  readonly hash: Hash32
  readonly sums: Sums
}

export interface Leaf {
  /** 32 bytes nobody can guess: without them a leaf tells nothing of what it holds. */
  readonly salt: Hash32
  /** Null in leaves that fill the tree up. */
  readonly position: Position | null
}

export function leafNode({ salt, position }: Leaf, index: number): TreeNode {
  return {
    hash: hashCanonical({ domain: 'solvent-report/leaf', index, salt, position }),
    sums: position === null ? NO_SUMS : sumsOf(position),
  }
}

/** @throws SolventError E_REPORT for sums that are negative or too large */
export function parentNode(left: TreeNode, right: TreeNode): TreeNode {
  return {
    hash: hashCanonical({ domain: 'solvent-report/node', left: plain(left), right: plain(right) }),
    sums: addSums(left.sums, right.sums),
  }
}

/** Levels of a tree of 2^depth leaves, the leaves first. */
export function treeLevels(leaves: readonly TreeNode[]): readonly (readonly TreeNode[])[] {
  const levels: TreeNode[][] = [[...leaves]]
  for (let level = levels[0]!; level.length > 1; level = levels.at(-1)!) {
    const above: TreeNode[] = []
    for (let at = 0; at < level.length; at += 2) above.push(parentNode(level[at]!, level[at + 1]!))
    levels.push(above)
  }
  return levels
}

/** Siblings on the way from a leaf up. */
export function pathOf(levels: readonly (readonly TreeNode[])[], index: number): TreeNode[] {
  return levels.slice(0, -1).map((level, height) => level[(index >> height) ^ 1]!)
}

/** The top that a leaf and its siblings lead to. @throws SolventError E_REPORT for bad sums on the way */
export function topOf(leaf: TreeNode, index: number, path: readonly TreeNode[]): TreeNode {
  return path.reduce(
    (node, sibling, height) =>
      ((index >> height) & 1) === 0 ? parentNode(node, sibling) : parentNode(sibling, node),
    leaf,
  )
}

function plain({ hash, sums: { owns, owes } }: TreeNode) {
  return { hash, owns, owes }
}
