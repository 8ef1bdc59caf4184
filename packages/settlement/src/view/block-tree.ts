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
import { FollowedBranch, type TreeNode } from './followed-branch.ts'
import { firstLapsed, isInWindow, type L1Order, NO_ORDER } from './l1-order.ts'

/** Unfinalised blocks kept beside the followed branch, beyond as many as it has itself; a flood of siblings is refused. */
const MAX_SIDE_BLOCKS = 1_024

/** Final blocks of the followed branch that are kept below its base, so that people can overrule their finality. */
const KEPT_FINAL_BLOCKS = 256

/** `orphan`: the parent is not here. `invalid`: the numbers of block and parent do not fit. */
export type TreeOutcome = 'added' | 'known' | 'orphan' | 'invalid'

/** How the followed branch has changed. */
export interface BranchChange {
  /** Oldest first. */
  readonly applied: readonly Block[]
  /** Newest first. */
  readonly orphaned: readonly Block[]
}

export const NO_CHANGE: BranchChange = Object.freeze({
  applied: Object.freeze([]),
  orphaned: Object.freeze([]),
})

export class BlockTree {
  readonly #branch = new FollowedBranch()
  #order: L1Order = NO_ORDER
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
    const base = this.#branch.base
    // That a slot was empty is final, too.
    const isFinal = base !== undefined && header.number <= Math.max(base.number, this.#final)
    if (this.#branch.known.has(hash) || isFinal) return 'known'
    if (base === undefined && header.number === header.emptyBefore + 1) this.#plant(header.parentHash)
    const parent = this.#branch.known.get(header.parentHash)
    if (parent === undefined) return 'orphan'
    if (header.number !== parent.number + 1 + header.emptyBefore) return 'invalid'
    if (this.#branch.known.size > 2 * this.#branch.nodes.length + MAX_SIDE_BLOCKS) return 'invalid'
    const finality = this.#finalityAfter(parent, block)
    if (finality === undefined) return 'invalid'
    this.#branch.known.set(hash, {
      hash,
      number: header.number,
      height: parent.height + 1,
      parentHash: header.parentHash,
      block,
      finality,
    })
    this.#newest = Math.max(this.#newest, header.number)
    return 'added'
  }

  /** Follows the branch that ends in this block when it is better, and holds to the L1's order and to what is final. */
  consider(hash: Hash32): BranchChange {
    const candidate = this.#branch.known.get(hash)
    const tip = this.#branch.tip
    if (candidate === undefined || tip === undefined || !isBetterTip(candidate, tip)) return NO_CHANGE
    const anchor = this.#order.tip
    if (anchor !== null && this.isFollowed(anchor) && !this.#branch.descends(candidate, anchor))
      return NO_CHANGE
    return isInWindow(this.#branch, this.#order, candidate) ? this.#follow(candidate) : NO_CHANGE
  }

  /** From now on the followed branch is the best that holds to this. */
  obey(order: L1Order): BranchChange {
    const before = this.#order
    this.#order = order
    const { tip, lapsedTo } = order
    const anchor = tip === null ? undefined : this.#branch.known.get(tip)
    const lapsed = firstLapsed(this.#branch, order)
    const isKept = lapsed < 0 && (anchor === undefined || this.#branch.has(anchor))
    // What had lapsed is in its window again after a re-org of the L1.
    if (this.#branch.nodes.length === 0 || (isKept && lapsedTo >= before.lapsedTo)) return NO_CHANGE
    const kept = lapsed < 0 ? this.#branch.tip : this.#branch.nodes[lapsed - 1]
    let best = anchor ?? kept
    if (best === undefined) return NO_CHANGE
    for (const node of this.#branch.known.values()) {
      if (!isBetterTip(node, best) || (anchor !== undefined && !this.#branch.descends(node, anchor.hash)))
        continue
      if (isInWindow(this.#branch, order, node)) best = node
    }
    return best === this.#branch.tip ? NO_CHANGE : this.#follow(best)
  }

  /** The newest block, or undefined at genesis. */
  head(): Block | undefined {
    return this.#branch.tip?.block ?? undefined
  }

  /** The block of this hash; null for genesis, undefined when it is not here. */
  find(hash: Hash32): Block | null | undefined {
    return this.#branch.known.get(hash)?.block
  }

  /** The highest block number that is known, followed or not; 0 at genesis. */
  get newest(): number {
    return this.#newest
  }

  /** What the validators have voted on the followed branch; null on a rollup and before the first block. */
  finality(): FinalityState | null {
    return this.#branch.tip?.finality ?? null
  }

  isFollowed(hash: Hash32): boolean {
    const node = this.#branch.known.get(hash)
    return node !== undefined && this.#branch.has(node)
  }

  /** Takes finality back: what is above this number is up for choice again; false when that has been forgotten. */
  reopen(number: number): boolean {
    this.#final = Math.min(this.#final, number)
    const base = this.#branch.base
    if (base === undefined || base.number <= number) return true
    const from = this.#past.findLastIndex((node) => node.number <= number)
    if (from < 0) return false
    const below: TreeNode[] = []
    for (const node of this.#past.splice(from))
      below.push({ ...node, parentHash: below.at(-1)?.hash ?? null })
    const joint = { ...base, parentHash: below.at(-1)?.hash ?? null }
    this.#branch.nodes = [...below, joint, ...this.#branch.nodes.slice(1)]
    for (const node of [...below, joint]) this.#branch.known.set(node.hash, node)
    return true
  }

  /** The newest followed block up to a number: what was voted up to it, and the hash of what follows it there. */
  fork(number: number): { readonly finality: FinalityState | null; readonly next: Hash32 | null } {
    const at = this.#branch.nodes.findLastIndex((node) => node.number <= number)
    return {
      finality: this.#branch.nodes[at]?.finality ?? null,
      next: this.#branch.nodes[at + 1]?.hash ?? null,
    }
  }

  /** The number of the oldest block that `reopen` could go back to. */
  get horizon(): number {
    return this.#past[0]?.number ?? this.#branch.base?.number ?? 0
  }

  /** Forgets what is at or below a final block number, but for the newest such block, and what stands on what is forgotten. */
  prune(finalNumber: number): void {
    if (finalNumber <= this.#final) return
    this.#final = finalNumber
    this.#moveBase(finalNumber)
    this.#forgetSides()
  }

  #moveBase(finalNumber: number): void {
    let keep = 0
    while (
      keep + 1 < this.#branch.nodes.length &&
      (this.#branch.nodes[keep + 1] as TreeNode).number <= finalNumber
    )
      keep++
    if (keep === 0) return
    const base = { ...(this.#branch.nodes[keep] as TreeNode), parentHash: null }
    for (const node of this.#branch.nodes.slice(0, keep)) {
      this.#branch.known.delete(node.hash)
      this.#past.push({ ...node, parentHash: null })
    }
    if (this.#past.length > 2 * KEPT_FINAL_BLOCKS) this.#past = this.#past.slice(-KEPT_FINAL_BLOCKS)
    this.#branch.known.set(base.hash, base)
    this.#branch.nodes = [base, ...this.#branch.nodes.slice(keep + 1)]
  }

  /** Blocks beside the branch in slots that are final, also for being empty, and all on top of them; parents are known first. */
  #forgetSides(): void {
    for (const [hash, node] of this.#branch.known) {
      if (this.#branch.has(node)) continue
      if (node.number <= this.#final || this.#branch.parentOf(node) === undefined)
        this.#branch.known.delete(hash)
    }
  }

  #plant(genesisHash: Hash32): void {
    const finality = this.#rules === null ? null : finalityAtGenesis(this.#rules)
    const genesis = { hash: genesisHash, number: 0, height: 0, parentHash: null, block: null, finality }
    this.#branch.known.set(genesisHash, genesis)
    this.#branch.nodes = [genesis]
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

  #follow(tip: TreeNode): BranchChange {
    if (tip.block !== null && this.#branch.parentOf(tip) === this.#branch.tip) {
      this.#branch.nodes.push(tip)
      return { applied: [tip.block], orphaned: NO_CHANGE.orphaned }
    }
    const fresh: TreeNode[] = []
    let at: TreeNode | undefined = tip
    while (at !== undefined && !this.#branch.has(at)) {
      fresh.push(at)
      at = this.#branch.parentOf(at)
    }
    if (at === undefined) return NO_CHANGE
    const left = this.#branch.nodes.splice(this.#branch.placeOf(at) + 1)
    fresh.reverse()
    this.#branch.nodes.push(...fresh)
    return { applied: blocksOf(fresh), orphaned: blocksOf(left.reverse()) }
  }
}

function blocksOf(nodes: readonly TreeNode[]): readonly Block[] {
  return nodes.flatMap(({ block }) => (block === null ? [] : [block]))
}
