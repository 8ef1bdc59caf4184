// A follower's view of the network's chains: which branch it follows, and how firm each block is, derived from headers,
// bodies and what the L1 says of its rollups. It executes nothing.
import { type ChainId, type Hash32, secondsToMs } from '@solvent/primitives'
import type { Block, ChainSpec, FinalityLevel, NetworkSpec } from '@solvent/protocol'
import {
  type FinalityRules,
  type FinalityState,
  finalityRulesOf,
  finalizedNumber,
  justifiedNumber,
} from '../chain/consensus/finality-state.ts'
import { mayVote } from '../chain/consensus/proposer.ts'
import { hasMarket } from '../chain/fee-market/base-fee.ts'
import { genesisMarket, slotMarket } from '../chain/fee-market/slot-market.ts'
import { chainOf, indexNetwork } from '../chain/network-index.ts'
import { slotAt, timestampOf } from '../chain/slots.ts'
import { lapsedTo } from '../rollup/sequencing-window.ts'
import { BlockTree, type BranchChange, NO_CHANGE } from './block-tree.ts'
import { type MissingBlocks, RollupMarks, type RollupPostings } from './rollup-marks.ts'

export interface ViewUpdate {
  /** `orphan`: its parent is not here, fetch that first. `invalid`: it cannot belong to this chain. */
  readonly status: 'applied' | 'known' | 'orphan' | 'invalid'
  /** Blocks that are followed now and were not before, parents first; of several chains after an L1 block. */
  readonly applied: readonly Block[]
  /** Blocks that are no longer followed, newest first. */
  readonly orphaned: readonly Block[]
  /** Chains whose safe, finalised or exitable number has changed. */
  readonly finalityMoved: readonly ChainId[]
}

/** Block numbers count slots; where nothing is known yet they are 0, the genesis. finalized <= safe <= head. */
export interface ChainView {
  /** Takes a block whose header signature and body have been checked. */
  applyBlock(block: Block): ViewUpdate
  /** The newest followed block; undefined while only genesis is known. */
  head(chainId: ChainId): Block | undefined
  /** The highest block number known, on the followed branch or beside it; 0 at genesis. */
  newest(chainId: ChainId): number
  /** What an L1's validators have voted on the followed branch; null for a rollup and before the first block. */
  votes(chainId: ChainId): FinalityState | null
  safe(chainId: ChainId): number
  finalized(chainId: ChainId): number
  /** What can be withdrawn at `nowMs` (Unix ms): finalised, and for rollups past the challenge window or execution delay. */
  exitable(chainId: ChainId, nowMs: number): number
  /** How firm a block number is as of the newest blocks seen; exitable is judged at the L1 head's timestamp. */
  level(chainId: ChainId, blockNumber: number): FinalityLevel
  /**
   * People have decided that what is final of an L1 above this number counts no more: it is up for choice again, and nothing
   * of the present branch becomes final before it is left. False when it has been forgotten, and for a rollup.
   */
  overrule(chainId: ChainId, number: number): boolean
  /** What batches on the L1 order of a rollup and is not here; null when nothing is missing, and for an L1. */
  missing(chainId: ChainId): MissingBlocks | null
  /** What the L1 says of a rollup; empty for an L1. */
  postings(chainId: ChainId): RollupPostings
  /** The slot that runs at a moment (Unix ms). */
  numberAtTime(chainId: ChainId, atMs: number): number
}

const NO_POSTINGS: RollupPostings = { batches: [], roots: [], proofs: [] }

interface FollowedChain {
  readonly chain: ChainSpec
  /** Null for a rollup. */
  readonly rules: FinalityRules | null
  readonly tree: BlockTree
  /** Null for an L1. */
  readonly marks: RollupMarks | null
  safe: number
  finalized: number
  exitable: number
  /** Until this block is left, finality is as it was below it. */
  overruled: { readonly block: Hash32; readonly finality: FinalityState } | null
}

/** A view that has seen only the specification; it learns genesis hashes from the first blocks. */
export function createChainView({ spec }: { readonly spec: NetworkSpec }): ChainView {
  const index = indexNetwork(spec)
  const followed = new Map<ChainId, FollowedChain>()
  for (const chain of spec.chains) {
    const { chainId, consensus } = chain
    const marks = consensus.kind === 'l1' ? null : new RollupMarks(chainId, consensus)
    const rules = finalityRulesOf(chain)
    followed.set(chainId, {
      chain,
      rules,
      tree: new BlockTree(rules),
      marks,
      safe: 0,
      finalized: 0,
      exitable: 0,
      overruled: null,
    })
  }

  function stateOf(chainId: ChainId): FollowedChain {
    return followed.get(chainOf(index, chainId).chainId) as FollowedChain
  }

  /** The rollups of each chain. */
  const rollups = new Map<ChainId, readonly FollowedChain[]>(
    spec.chains.map(({ chainId }) => [
      chainId,
      [...followed.values()].filter(
        ({ chain }) => chain.consensus.kind !== 'l1' && chain.consensus.l1 === chainId,
      ),
    ]),
  )

  /** Reads what L1 blocks say of a rollup; the newest batch and the L1's time decide which branch of the rollup is followed. */
  function readL1(rollup: FollowedChain, change: BranchChange): BranchChange {
    const { marks } = rollup
    if (marks === null || (change.applied.length === 0 && change.orphaned.length === 0)) return NO_CHANGE
    for (const block of change.orphaned) marks.unread(block)
    for (const block of change.applied) marks.read(block)
    return obeyL1(rollup, marks)
  }

  function obeyL1({ chain, tree }: FollowedChain, marks: RollupMarks): BranchChange {
    const { consensus, slotMs } = chain
    if (consensus.kind === 'l1') return NO_CHANGE
    const batch = marks.newestBatch()
    const l1Timestamp = stateOf(consensus.l1).tree.head()?.header.timestamp ?? 0
    const { sequencingWindowMs } = consensus
    return tree.obey({
      tip: batch?.tip ?? null,
      batchedTo: batch?.toBlock ?? 0,
      lapsedTo: lapsedTo(spec, { slotMs, sequencingWindowMs }, l1Timestamp),
    })
  }

  /** Recomputes the finality of a chain; true when it moved. */
  function settle(state: FollowedChain): boolean {
    const { tree, safe, finalized, exitable } = state
    const head = tree.head()
    if (head === undefined) return false
    if (state.marks === null) {
      const voted = standingVotes(state)
      if (voted === null || state.rules === null) return false
      state.finalized = Math.max(finalized, finalizedNumber(state.rules, voted))
      state.safe = Math.max(state.finalized, justifiedNumber(state.rules, voted))
      state.exitable = state.finalized
    } else {
      settleRollup(state, state.marks, head.header.number)
    }
    if (state.finalized > finalized) tree.prune(state.finalized)
    if (state.exitable > exitable) state.marks?.prune(state.exitable, l1Of(state).tree.horizon)
    return state.safe !== safe || state.finalized !== finalized || state.exitable !== exitable
  }

  /** What counts of the votes: all on the followed branch, unless people have overruled that branch and it is not left yet. */
  function standingVotes(state: FollowedChain): FinalityState | null {
    const { tree, overruled } = state
    if (overruled === null) return tree.finality()
    if (tree.isFollowed(overruled.block)) return overruled.finality
    state.overruled = null
    return tree.finality()
  }

  function overrule(state: FollowedChain, number: number): boolean {
    const { rules, tree, chain } = state
    if (rules === null || !tree.reopen(number)) return false
    const { finality, next } = tree.fork(number)
    if (finality === null || next === null) return true
    state.overruled = { block: next, finality }
    for (const each of [state, ...(rollups.get(chain.chainId) ?? [])]) {
      each.safe = 0
      each.finalized = 0
      each.exitable = 0
      settle(each)
    }
    return true
  }

  function settleRollup(state: FollowedChain, marks: RollupMarks, headNumber: number): void {
    const l1 = l1Of(state)
    const isFollowed = (tip: Hash32): boolean => state.tree.isFollowed(tip)
    const batched = Math.min(headNumber, marks.batchedTo(isFollowed, Number.MAX_SAFE_INTEGER))
    const final =
      state.chain.consensus.kind === 'zk'
        ? Math.min(batched, marks.provenTo(l1.finalized))
        : Math.min(headNumber, marks.batchedTo(isFollowed, l1.finalized))
    state.finalized = Math.max(state.finalized, final)
    state.safe = Math.max(state.finalized, batched)
    state.exitable = exitableAt(state, l1TimeMs(l1))
  }

  function exitableAt(state: FollowedChain, nowMs: number): number {
    if (state.marks === null) return state.finalized
    return Math.max(state.exitable, Math.min(state.finalized, state.marks.settledTo(nowMs)))
  }

  function l1Of({ chain }: FollowedChain): FollowedChain {
    return stateOf(chain.consensus.kind === 'l1' ? chain.chainId : chain.consensus.l1)
  }

  function l1TimeMs(l1: FollowedChain): number {
    return secondsToMs(l1.tree.head()?.header.timestamp ?? 0)
  }

  return {
    applyBlock(block) {
      const { chainId, number, timestamp } = block.header
      const state = followed.get(chainId)
      if (state === undefined || timestamp !== timestampOf(spec, state.chain, number))
        return outcome('invalid')
      if (!hasRightFee(state, block)) return outcome('invalid')
      if (!mayVote(state.chain, block.header)) return outcome('invalid')
      const added = state.tree.add(block)
      if (added !== 'added') return outcome(added)
      const change = state.tree.consider(block.hash)
      let all = joined(change, anchorIfBatched(state, block))
      const moved = settle(state) ? [chainId] : []
      for (const rollup of rollups.get(chainId) ?? []) {
        all = joined(all, readL1(rollup, change))
        if (settle(rollup)) moved.push(rollup.chain.chainId)
      }
      return { status: 'applied', applied: all.applied, orphaned: all.orphaned, finalityMoved: moved }
    },
    head: (chainId) => stateOf(chainId).tree.head(),
    newest: (chainId) => stateOf(chainId).tree.newest,
    votes: (chainId) => stateOf(chainId).tree.finality(),
    safe: (chainId) => stateOf(chainId).safe,
    finalized: (chainId) => stateOf(chainId).finalized,
    exitable: (chainId, nowMs) => exitableAt(stateOf(chainId), nowMs),
    level(chainId, blockNumber) {
      const state = stateOf(chainId)
      if (blockNumber > state.safe) return 'unsafe'
      if (blockNumber > state.finalized) return 'safe'
      return blockNumber > exitableAt(state, l1TimeMs(l1Of(state))) ? 'finalized' : 'exitable'
    },
    overrule: (chainId, number) => overrule(stateOf(chainId), number),
    missing(chainId) {
      const { marks, tree } = stateOf(chainId)
      return marks?.missing((tip) => tree.find(tip) !== undefined) ?? null
    },
    postings: (chainId) => stateOf(chainId).marks?.postings() ?? NO_POSTINGS,
    numberAtTime: (chainId, atMs) => slotAt(spec, chainOf(index, chainId), atMs),
  }

  /** A block that the newest batch was waiting for decides the branch when it comes. */
  function anchorIfBatched(state: FollowedChain, block: Block): BranchChange {
    const { marks } = state
    return marks?.newestBatch()?.tip === block.hash ? obeyL1(state, marks) : NO_CHANGE
  }
}

/** Whether the base fee follows from the parent, as far as that is here: the first block's is the genesis block. */
function hasRightFee({ chain, tree }: FollowedChain, { header }: Block): boolean {
  if (!hasMarket(chain)) return true
  const parent = tree.find(header.parentHash)
  if (parent === undefined && header.number !== header.emptyBefore + 1) return true
  const { baseFee, excessBlobGas } = slotMarket(
    chain,
    parent?.header ?? genesisMarket(chain),
    header.number,
    {},
  )
  return header.baseFee === baseFee && header.market.excessBlobGas === excessBlobGas
}

/** Most changes are followed by none. */
function joined(first: BranchChange, second: BranchChange): BranchChange {
  if (second === NO_CHANGE) return first
  return {
    applied: [...first.applied, ...second.applied],
    orphaned: [...first.orphaned, ...second.orphaned],
  }
}

function outcome(status: Exclude<ViewUpdate['status'], 'applied'>): ViewUpdate {
  return { status, applied: [], orphaned: [], finalityMoved: [] }
}
