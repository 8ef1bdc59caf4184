// The blocks that a follower has seen of one chain, and the branch it follows. What is final is forgotten but for its
// newest block, so the tree stays as small as the chain's unfinalised part.
import type { Hash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import {
  type FinalityRules,
  type FinalityState,
  finalityAtGenesis,
  finalizedNumber,
  justifiedNumber,
  nextFinality,
  slashedIn,
} from '../chain/consensus/finality-state.ts'
import { isBetterTip } from '../chain/fork-choice.ts'

/** Unfinalised blocks kept beside the followed branch, beyond as many as it has itself; a flood of siblings is refused. */
const MAX_SIDE_BLOCKS = 1_024

/** Final blocks of the followed branch that are kept below its base, so that people can overrule their finality. */
const KEPT_FINAL_BLOCKS = 256

interface TreeNode {
  readonly hash: Hash32
  readonly number: number
  readonly height: number
  readonly parent: TreeNode | null
  /** What the validators have voted up to this block; null on a rollup. */
  readonly finality: FinalityState | null
  /** Null for genesis, which no one sends. */
  readonly block: Block | null
}

/** `orphan`: the parent is not here. `invalid`: the numbers of block and parent do not fit. */
export type TreeOutcome = 'added' | 'known' | 'orphan' | 'invalid'

/** How the followed branch has changed. */
export interface BranchChange {
  /** Oldest first. */
  readonly applied: readonly Block[]
  /** Newest first. */
  readonly orphaned: readonly Block[]
}

/** What the L1 says of a rollup's branch. */
export interface L1Order {
  /** The tip of the newest batch: the branch contains it, once it is known; null before the first. */
  readonly tip: Hash32 | null
  readonly batchedTo: number
  /** Slots above `batchedTo` up to this one stay empty: their sequencing window has passed. */
  readonly lapsedTo: number
}

export const NO_CHANGE: BranchChange = Object.freeze({
  applied: Object.freeze([]),
  orphaned: Object.freeze([]),
})

export class BlockTree {
  readonly #nodes = new Map<Hash32, TreeNode>()
  /** The followed branch from the newest final block (or genesis) on: index = height − base height. */
  #branch: TreeNode[] = []
  #order: L1Order = { tip: null, batchedTo: 0, lapsedTo: -1 }
  /** Final blocks below the base, oldest first, the newest up to twice as many as are kept. */
  #past: TreeNode[] = []
  readonly #rules: FinalityRules | null
  #newest = 0
  /** Up to this number nothing changes any more. */
  #final = 0

  constructor(rules: FinalityRules | null = null) {
    this.#rules = rules
  }

  /** Genesis is known by number alone; its hash is what the first block names as its parent. */
  add(block: Block): TreeOutcome {
    const { header, hash } = block
    const base = this.#branch[0]
    // That a slot was empty is final, too.
    const isFinal = base !== undefined && header.number <= Math.max(base.number, this.#final)
    if (this.#nodes.has(hash) || isFinal) return 'known'
    if (base === undefined && header.number === header.emptyBefore + 1) this.#plant(header.parentHash)
    const parent = this.#nodes.get(header.parentHash)
    if (parent === undefined) return 'orphan'
    if (header.number !== parent.number + 1 + header.emptyBefore) return 'invalid'
    if (this.#nodes.size > 2 * this.#branch.length + MAX_SIDE_BLOCKS) return 'invalid'
    const finality = this.#finalityAfter(parent, block)
    if (finality === undefined) return 'invalid'
    this.#nodes.set(hash, { hash, number: header.number, height: parent.height + 1, parent, block, finality })
    this.#newest = Math.max(this.#newest, header.number)
    return 'added'
  }

  /** Follows the branch that ends in this block when it is better, and holds to the L1's order and to what is final. */
  consider(hash: Hash32): BranchChange {
    const candidate = this.#nodes.get(hash)
    const tip = this.#tip()
    if (candidate === undefined || tip === undefined || !isBetterTip(candidate, tip)) return NO_CHANGE
    const anchor = this.#order.tip
    if (anchor !== null && this.isFollowed(anchor) && !this.#descends(candidate, anchor)) return NO_CHANGE
    return this.#isInWindow(candidate) ? this.#follow(candidate) : NO_CHANGE
  }

  /** From now on the followed branch is the best that holds to this. */
  obey(order: L1Order): BranchChange {
    const before = this.#order
    this.#order = order
    const { tip, lapsedTo } = order
    const anchor = tip === null ? undefined : this.#nodes.get(tip)
    const lapsed = this.#firstLapsed()
    const isKept = lapsed < 0 && (anchor === undefined || this.#isOnBranch(anchor))
    // What had lapsed is in its window again after a re-org of the L1.
    if (this.#branch.length === 0 || (isKept && lapsedTo >= before.lapsedTo)) return NO_CHANGE
    const kept = lapsed < 0 ? this.#tip() : this.#branch[lapsed - 1]
    let best = anchor ?? kept
    if (best === undefined) return NO_CHANGE
    for (const node of this.#nodes.values()) {
      if (!isBetterTip(node, best) || (anchor !== undefined && !this.#descends(node, anchor.hash))) continue
      if (this.#isInWindow(node)) best = node
    }
    return best === this.#tip() ? NO_CHANGE : this.#follow(best)
  }

  /** The newest block, or undefined at genesis. */
  head(): Block | undefined {
    return this.#tip()?.block ?? undefined
  }

  /** The block of this hash; null for genesis, undefined when it is not here. */
  find(hash: Hash32): Block | null | undefined {
    return this.#nodes.get(hash)?.block
  }

  /** The highest block number that is known, followed or not; 0 at genesis. */
  get newest(): number {
    return this.#newest
  }

  /** What the validators have voted on the followed branch; null on a rollup and before the first block. */
  finality(): FinalityState | null {
    return this.#tip()?.finality ?? null
  }

  isFollowed(hash: Hash32): boolean {
    const node = this.#nodes.get(hash)
    return node !== undefined && this.#isOnBranch(node)
  }

  /** Takes finality back: what is above this number is up for choice again; false when that has been forgotten. */
  reopen(number: number): boolean {
    this.#final = Math.min(this.#final, number)
    const base = this.#branch[0]
    if (base === undefined || base.number <= number) return true
    const from = this.#past.findLastIndex((node) => node.number <= number)
    if (from < 0) return false
    const below: TreeNode[] = []
    for (const node of this.#past.splice(from)) below.push({ ...node, parent: below.at(-1) ?? null })
    const joint = { ...base, parent: below.at(-1) ?? null }
    this.#branch = [...below, joint, ...this.#branch.slice(1)]
    for (const node of [...below, joint]) this.#nodes.set(node.hash, node)
    return true
  }

  /** The newest followed block up to a number: what was voted up to it, and the hash of what follows it there. */
  fork(number: number): { readonly finality: FinalityState | null; readonly next: Hash32 | null } {
    const at = this.#branch.findLastIndex((node) => node.number <= number)
    return { finality: this.#branch[at]?.finality ?? null, next: this.#branch[at + 1]?.hash ?? null }
  }

  /** The number of the oldest block that `reopen` could go back to. */
  get horizon(): number {
    return this.#past[0]?.number ?? this.#branch[0]?.number ?? 0
  }

  /** Forgets what is at or below a final block number, but for the newest such block. */
  prune(finalNumber: number): void {
    this.#final = Math.max(this.#final, finalNumber)
    let keep = 0
    while (keep + 1 < this.#branch.length && (this.#branch[keep + 1] as TreeNode).number <= finalNumber)
      keep++
    if (keep === 0) return
    const base = { ...(this.#branch[keep] as TreeNode), parent: null }
    for (const node of this.#branch.slice(0, keep)) {
      this.#nodes.delete(node.hash)
      this.#past.push({ ...node, parent: null })
    }
    if (this.#past.length > 2 * KEPT_FINAL_BLOCKS) this.#past = this.#past.slice(-KEPT_FINAL_BLOCKS)
    for (const [hash, node] of this.#nodes) if (node.number <= base.number) this.#nodes.delete(hash)
    this.#nodes.set(base.hash, base)
    this.#branch = [base, ...this.#branch.slice(keep + 1)]
  }

  #plant(genesisHash: Hash32): void {
    const finality = this.#rules === null ? null : finalityAtGenesis(this.#rules)
    const genesis = { hash: genesisHash, number: 0, height: 0, parent: null, block: null, finality }
    this.#nodes.set(genesisHash, genesis)
    this.#branch = [genesis]
  }

  /** The votes counted up to the block; undefined when its header says something else of finality. */
  #finalityAfter({ finality }: TreeNode, { header, receipts }: Block): FinalityState | null | undefined {
    if (this.#rules === null || finality === null) return null
    const { number, votes, justified, finalized } = header
    const after = nextFinality(this.#rules, finality, { number, votes, slashed: slashedIn(receipts) })
    const agrees =
      justified === justifiedNumber(this.#rules, after) && finalized === finalizedNumber(this.#rules, after)
    return agrees ? after : undefined
  }

  #tip(): TreeNode | undefined {
    return this.#branch[this.#branch.length - 1]
  }

  #baseHeight(): number {
    return this.#branch[0]?.height ?? 0
  }

  /** Whether the block's branch leaves the slots empty that have lapsed. */
  #isInWindow(node: TreeNode): boolean {
    const { batchedTo, lapsedTo } = this.#order
    for (let at: TreeNode | undefined = node; at !== undefined; at = this.#parentOf(at)) {
      if (this.#isOnBranch(at)) {
        const lapsed = this.#firstLapsed()
        return lapsed < 0 || at.height - this.#baseHeight() < lapsed
      }
      if (at.number <= batchedTo) return true
      if (at.number <= lapsedTo) return false
    }
    return true
  }

  /** Where on the followed branch the first block stands whose slot has lapsed; -1 when there is none. */
  #firstLapsed(): number {
    const { batchedTo, lapsedTo } = this.#order
    if (lapsedTo <= batchedTo) return -1
    let low = 1
    let high = this.#branch.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#branch[middle] as TreeNode).number <= batchedTo) low = middle + 1
      else high = middle
    }
    const first = this.#branch[low]
    return first !== undefined && first.number <= lapsedTo ? low : -1
  }

  /** Walks back to the followed branch only: what is below on it is known by its height. */
  #descends(node: TreeNode, from: Hash32): boolean {
    let at: TreeNode | undefined = node
    while (at !== undefined) {
      if (at.hash === from) return true
      if (this.#isOnBranch(at)) {
        const origin = this.#nodes.get(from)
        return origin !== undefined && origin.height <= at.height && this.#isOnBranch(origin)
      }
      at = this.#parentOf(at)
    }
    return false
  }

  #isOnBranch(node: TreeNode): boolean {
    return this.#branch[node.height - this.#baseHeight()] === node
  }

  /** By hash, because pruning replaces the base and nodes above still point at its old self. */
  #parentOf(node: TreeNode): TreeNode | undefined {
    return node.parent === null ? undefined : this.#nodes.get(node.parent.hash)
  }

  #follow(tip: TreeNode): BranchChange {
    if (tip.block !== null && this.#parentOf(tip) === this.#tip()) {
      this.#branch.push(tip)
      return { applied: [tip.block], orphaned: NO_CHANGE.orphaned }
    }
    const fresh: TreeNode[] = []
    let at: TreeNode | undefined = tip
    while (at !== undefined && !this.#isOnBranch(at)) {
      fresh.push(at)
      at = this.#parentOf(at)
    }
    if (at === undefined) return NO_CHANGE
    const left = this.#branch.splice(at.height - this.#baseHeight() + 1)
    fresh.reverse()
    this.#branch.push(...fresh)
    return { applied: blocksOf(fresh), orphaned: blocksOf(left.reverse()) }
  }
}

function blocksOf(nodes: readonly TreeNode[]): readonly Block[] {
  return nodes.flatMap(({ block }) => (block === null ? [] : [block]))
}
