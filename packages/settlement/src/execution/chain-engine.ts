// One chain's execution as its producers have it: pool, production, import with re-orgs. Synchronous and deterministic;
// runtimes put it behind the execution port.

import type { ExecutionEngine, ProducedSlot } from '@solvent/ports'
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import {
  type AccountKind,
  type Block,
  type DigestSigner,
  type Genesis,
  type NetworkSpec,
  type Receipt,
  type SignatureVerifier,
  type SolventVocabulary,
  transactionDigest,
} from '@solvent/protocol'
import { CanonicalChain } from '../chain/canonical-chain.ts'
import { ChainState } from '../chain/chain-state.ts'
import { hasMarket } from '../chain/fee-market/base-fee.ts'
import { slotMarket } from '../chain/fee-market/slot-market.ts'
import { isBetterTip } from '../chain/fork-choice.ts'
import { applyGenesis } from '../chain/genesis-block.ts'
import { chainOf, indexNetwork } from '../chain/network-index.ts'
import { SideBranches } from '../chain/side-branches.ts'
import { timestampOf } from '../chain/slots.ts'
import { TransactionPool } from '../chain/transaction-pool.ts'
import type { Balance } from '../ledger/ledger.ts'
import { type SettlementRules, settlementRules } from '../settlement-rules.ts'
import { type ArrivedBlock, receiveBlock } from './arrived-block.ts'
import { fillSlot, requireSigner, sealSlot } from './block-execution.ts'
import { BranchHold } from './branch-hold.ts'
import { ForcedQueue } from './forced-queue.ts'
import { type Branch, HeadMover } from './head-mover.ts'
import type { Machine } from './machine.ts'
import { refuseTransaction } from './transaction-admission.ts'

export interface ChainEngineOptions {
  readonly spec: NetworkSpec
  readonly chainId: ChainId
  readonly genesis: Genesis
  readonly verifier: SignatureVerifier
  /** The producer's; an engine without one only imports. */
  readonly signer?: DigestSigner
  /** Altered by tests that plant bugs. */
  readonly rules?: SettlementRules
}

/** Everything it returns is frozen. */
export interface ChainEngine extends ExecutionEngine<SolventVocabulary> {
  readonly genesisBlock: Block
  head(): Block
  /** The block of that very slot on the followed branch; undefined where the slot was empty. */
  block(number: number): Block | undefined
  balance(kind: AccountKind, owner: string, token: Address): bigint
  /** All accounts that hold something, ordered by token, kind, owner. */
  balances(): readonly Balance[]
  stateRoot(): Hash32
  poolSize(): number
  /** The nonce that the account's next transaction should carry, counting what waits in the pool. */
  nextNonce(address: Address): number
  /** Takes the head back; its transactions return to the pool. Null at genesis or where the head is final. */
  undo(): Block | null
}

/**
 * The execution engine of one chain.
 *
 * @throws E_UNKNOWN_CHAIN, E_GENESIS; `produce` throws E_NO_SIGNER without a signer
 */
export function createChainEngine(options: ChainEngineOptions): ChainEngine {
  const { spec, chainId, genesis, verifier, signer, rules = settlementRules } = options
  const index = indexNetwork(spec)
  const chain = chainOf(index, chainId)
  const state = new ChainState(index, chainId, genesis.accounts, rules)
  const { consensus } = chain
  const hasTurns = consensus.kind !== 'l1' && consensus.delayBuffer !== undefined
  const forced = new ForcedQueue(state.log, hasTurns)
  const machine: Machine = { index, chain, state, rules, verifier, forced }
  const genesisBlock = applyGenesis(state, chain, genesis, spec.genesisMs)
  state.log.seal()
  const canonical = new CanonicalChain(genesisBlock)
  const branches = new SideBranches<ArrivedBlock>()
  const heads = new HeadMover(machine, canonical, branches)
  const pool = new TransactionPool()
  let prunedTo = 0
  let held = new BranchHold()

  /** The head's transactions have been included, and what is final now need not be taken back any more. */
  function settleHead(): void {
    forget(canonical.head)
    const { forgettable } = canonical
    if (forgettable === prunedTo) return
    prunedTo = forgettable
    canonical.prune()
    branches.prune(forgettable)
  }

  function forget({ transactions }: Block): void {
    for (const { transaction } of transactions) pool.remove(transaction.from, transaction.nonce)
  }

  /** The branch that was left stays left: its transactions go back to the pool, those of the new one leave it. */
  function settleBranch(left: Branch['blocks'], followed: Branch['blocks']): void {
    for (const { block } of followed) forget(block)
    for (const { block } of left) readmit(block)
    settleHead()
  }

  /** Orphaned transactions go back to the pool, unless the new branch has used their nonces or their senders spend twice. */
  function readmit({ transactions, receipts }: Block): void {
    for (const [i, signed] of transactions.entries()) {
      const { transactionHash } = receipts[i] as Receipt
      const { from } = signed.transaction
      if (!held.spendsTwice(from)) pool.add(signed, transactionHash, state.nonce(from))
    }
  }

  /** Runs a slot on the head and makes it the head; null when it would be empty and must not be. */
  function fill(producer: DigestSigner, request: ProducedSlot, from: TransactionPool = pool): Block | null {
    const { number, allowEmpty, demand, votes, missed = 0 } = request
    const parent = canonical.head
    if (number <= parent.header.number) return null
    const isEmpty = from.size === 0 && !forced.isDue(state, timestampOf(spec, chain, number))
    if (isEmpty && !allowEmpty) return null
    const executed = fillSlot(machine, from, {
      number,
      producer: producer.address,
      parent,
      votes: votes ?? state.groupsOf(producer.address),
      missedBefore: Math.min(missed, number - parent.header.number - 1),
      market: slotMarket(chain, parent.header, number, demand ?? {}),
    })
    // A block of other people's transactions alone tells those who wait what the base fee has become.
    const isWanted = allowEmpty || (executed.waiting > 0 && hasMarket(chain))
    if (executed.transactions.length === 0 && !isWanted) {
      state.log.rollback(0)
      return null
    }
    const block = sealSlot(machine, executed, producer)
    canonical.append(block, state.log.seal())
    return block
  }

  return {
    genesisBlock,
    head: () => canonical.head,
    block: (number) => canonical.at(number),
    balance: (kind, owner, token) => state.ledger.balance(kind, owner, token),
    balances: () => state.ledger.balances(),
    stateRoot: () => canonical.head.header.stateRoot,
    poolSize: () => pool.size,
    nextNonce: (address) => pool.firstMissing(address, state.nonce(address)),

    submit(signed) {
      const { from, nonce } = signed.transaction
      const stateNonce = state.nonce(from)
      const refused =
        nonce < stateNonce
          ? 'nonce-too-low'
          : (refuseTransaction(machine, signed) ??
            pool.add(signed, transactionDigest(signed.transaction), stateNonce))
      return { accepted: refused === null, reason: refused }
    },

    produce(request) {
      const producer = requireSigner(signer, chain)
      const { parent, branch: kind } = request
      if (kind !== 'hidden' && (parent === undefined || parent === canonical.head.hash)) {
        const block = fill(producer, request)
        if (block !== null) settleHead()
        return block
      }
      const branch = branches.branchTo(parent ?? canonical.head.hash, canonical)
      if (branch === null) return null
      const before = canonical.tip
      const left = heads.follow(branch)
      if (typeof left === 'string') return null
      const block = fill(producer, request, kind === 'hidden' ? held.hiddenPool : pool)
      if (kind === 'hidden') held.made(block)
      if (kind !== 'hidden' && block !== null && isBetterTip(canonical.tip, before)) {
        settleBranch(left, branch.blocks)
      } else {
        heads.goBack(branch.forkHeight, left)
      }
      return block
    },

    import(block) {
      if (canonical.heightOf(block.hash) !== undefined) return { accepted: true, reason: null }
      const parent = branches.find(block.header.parentHash, canonical)
      if (parent === undefined) return { accepted: false, reason: 'unknown-parent' }
      const arrived = receiveBlock(machine, block, parent)
      if (typeof arrived === 'string') return { accepted: false, reason: arrived }
      const side = branches.remember({ block, continuation: { kind: 'run', arrived } })
      if (parent === canonical.head) {
        const failure = heads.append(side)
        if (failure === null) settleHead()
        return { accepted: failure === null, reason: failure }
      }
      const branch = branches.branchTo(block.hash, canonical)
      if (branch === null) return { accepted: true, reason: null }
      const tip = { height: branch.forkHeight + branch.blocks.length, hash: block.hash }
      if (!isBetterTip(tip, canonical.tip)) return { accepted: true, reason: null }
      const left = heads.follow(branch)
      if (typeof left === 'string') return { accepted: false, reason: left }
      settleBranch(left, branch.blocks)
      return { accepted: true, reason: null }
    },

    follow(tip) {
      const branch = canonical.heightOf(tip) === undefined ? branches.branchTo(tip, canonical) : null
      if (branch === null) return
      const left = heads.follow(branch)
      if (typeof left !== 'string') settleBranch(left, branch.blocks)
    },

    hold(above, without, hidden) {
      canonical.hold(above)
      held = new BranchHold(
        without,
        hidden.filter((signed) => refuseTransaction(machine, signed) === null),
      )
    },

    force: (signed, dueAt) => forced.add({ signed, dueAt, isLate: canonical.head.header.timestamp >= dueAt }),

    rewind(number) {
      const left = heads.takeBackWhile(() => canonical.head.header.number > number)
      for (const { block } of left) readmit(block)
    },

    finalize(number) {
      canonical.finalize(number)
      canonical.prune()
      branches.prune(canonical.forgettable)
    },

    undo() {
      const taken = canonical.takeBack(rules.undoBlock)
      if (taken === null) return null
      readmit(taken.block)
      return taken.block
    },
  }
}
