// One chain's execution as its producers have it: pool, production, import with re-orgs. Synchronous and deterministic;
// runtimes put it behind the execution port.

import type { ExecutionEngine } from '@solvent/ports'
import { type Address, type ChainId, type Hash32, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type AccountKind,
  type Block,
  type DigestSigner,
  type Genesis,
  type NetworkSpec,
  type RefusalReason,
  type SignatureVerifier,
  type SignedTransaction,
  type SolventVocabulary,
  transactionDigest,
} from '@solvent/protocol'
import { CanonicalChain } from '../chain/canonical-chain.ts'
import { ChainState } from '../chain/chain-state.ts'
import { lowestBaseFee } from '../chain/fee-market/base-fee.ts'
import { slotMarket } from '../chain/fee-market/slot-market.ts'
import { MIN_GAS_LIMIT, maxFeeOf } from '../chain/gas.ts'
import { applyGenesis } from '../chain/genesis-block.ts'
import { chainOf, indexNetwork } from '../chain/network-index.ts'
import { type BetterBranch, SideBranches } from '../chain/side-branches.ts'
import { TransactionPool } from '../chain/transaction-pool.ts'
import type { Balance } from '../ledger/ledger.ts'
import { type SettlementRules, settlementRules } from '../settlement-rules.ts'
import {
  fillSlot,
  type Machine,
  refuseBlock,
  requireSigner,
  rerunBlock,
  sealSlot,
} from './block-execution.ts'

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
  /** Takes the head back; its transactions return to the pool. Null at genesis or beyond the undo depth. */
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
  const machine: Machine = { index, chain, state, rules, verifier }
  const genesisBlock = applyGenesis(state, chain, genesis, spec.genesisMs)
  state.log.seal()
  const canonical = new CanonicalChain(genesisBlock)
  const branches = new SideBranches()
  const pool = new TransactionPool()

  /** Re-executes a child of the head; null when it is now the head, otherwise why not, with nothing changed. */
  function append(block: Block): string | null {
    const executed = rerunBlock(machine, block, canonical.head)
    if (typeof executed === 'string') {
      state.log.rollback(0)
      return executed
    }
    adopt(executed)
    return null
  }

  function adopt(block: Block): void {
    canonical.append(block, state.log.seal())
    for (const { transaction } of block.transactions) pool.remove(transaction.from, transaction.nonce)
  }

  /** Moves to a better branch; at a block that does not execute, back to where it was. */
  function switchTo({ blocks, forkHeight }: BetterBranch): string | null {
    const orphaned: Block[] = []
    while (canonical.tip.height > forkHeight) orphaned.unshift(canonical.takeBack() as Block)
    for (const [i, block] of blocks.entries()) {
      const failure = append(block)
      if (failure === null) continue
      while (canonical.tip.height > forkHeight) canonical.takeBack()
      for (const old of orphaned) append(old)
      for (const sound of blocks.slice(0, i)) branches.remember(sound)
      return failure
    }
    for (const block of orphaned) {
      branches.remember(block)
      for (const signed of block.transactions) readmit(signed)
    }
    return null
  }

  /** An orphaned transaction goes back to the pool, unless the new branch has used its nonce. */
  function readmit(signed: SignedTransaction): void {
    const { transaction } = signed
    pool.add(signed, transactionDigest(transaction), state.nonce(transaction.from))
  }

  function refuseTransaction({ transaction, signature }: SignedTransaction): RefusalReason | null {
    if (transaction.chainId !== chainId) return 'wrong-chain'
    if (transaction.gasLimit < MIN_GAS_LIMIT || transaction.gasLimit > chain.gasLimit) return 'gas-limit'
    if (transaction.maxFeePerGas < lowestBaseFee(chain)) return 'fee-too-low'
    const { from } = transaction
    if (state.ledger.balance(state.kindOf(from), from, ZERO_ADDRESS) < maxFeeOf(transaction))
      return 'underfunded'
    return verifier.verify(transactionDigest(transaction), signature, from) ? null : 'not-authorised'
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
          : (refuseTransaction(signed) ?? pool.add(signed, transactionDigest(signed.transaction), stateNonce))
      return { accepted: refused === null, reason: refused }
    },

    produce({ number, allowEmpty, demand }) {
      const producer = requireSigner(signer, chain)
      if (number <= canonical.head.header.number || (pool.size === 0 && !allowEmpty)) return null
      const parent = canonical.head
      const market = slotMarket(chain, parent.header, number, demand ?? null)
      const executed = fillSlot(machine, pool, { number, producer: producer.address, parent, market })
      // A block of other people's transactions alone tells those who wait what the base fee has become.
      const isWanted = allowEmpty || (executed.waiting > 0 && chain.feeMarket !== undefined)
      if (executed.transactions.length === 0 && !isWanted) return null
      const block = sealSlot(machine, executed, producer)
      adopt(block)
      return block
    },

    import(block) {
      if (canonical.heightOf(block.hash) !== undefined) return { accepted: true, reason: null }
      const parent = branches.find(block.header.parentHash, canonical)
      if (parent === undefined) return { accepted: false, reason: 'unknown-parent' }
      const refused = refuseBlock(machine, block, parent)
      if (refused !== null) return { accepted: false, reason: refused }
      if (parent === canonical.head) {
        const failure = append(block)
        return { accepted: failure === null, reason: failure }
      }
      const better = branches.add(block, canonical)
      const failure = better === null ? null : switchTo(better)
      return { accepted: failure === null, reason: failure }
    },

    undo() {
      const block = canonical.takeBack()
      if (block !== null) for (const signed of block.transactions) readmit(signed)
      return block
    },
  }
}
