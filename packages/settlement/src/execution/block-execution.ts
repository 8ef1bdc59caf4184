// Making and re-making blocks: fill a slot from the pool, or run another producer's transactions and compare.
import { isSameCanonical, SolventError } from '@solvent/primitives'
import {
  type Block,
  type ChainSpec,
  type DigestSigner,
  headerDigest,
  type Receipt,
  receiptsHash,
  type SignedTransaction,
  type TransactionHash,
  transactionsHash,
} from '@solvent/protocol'
import { declaredDemands } from '../chain/fee-market/demand.ts'
import { gasAhead, slotMarket } from '../chain/fee-market/slot-market.ts'
import { type ExecutedSlot, headerOf } from '../chain/header.ts'
import { timestampOf } from '../chain/slots.ts'
import { POOL_LIFETIME_MS, type TransactionPool } from '../chain/transaction-pool.ts'
import { NO_CLAIMS } from '../ledger/claimed-entries.ts'
import type { ArrivedBlock } from './arrived-block.ts'
import { dueInTurn, type OnFailed, rerunTurns } from './forced-turns.ts'
import type { Machine } from './machine.ts'
import { type BlockContext, gasUsedBy, isRunnable, paysBaseFees, runTransaction } from './run-transaction.ts'

/** Where a block goes. */
export type Slot = Omit<ExecutedSlot, 'transactions' | 'receipts'>

/** A slot filled from the pool. */
export interface FilledSlot extends ExecutedSlot {
  /** Runnable transactions that did not get in: below the base fee, outbid, or too large for what was left. */
  readonly waiting: number
}

/**
 * Fills a slot with the pool's best runnable transactions. A transaction gets in when it fits the gas limit together with
 * what went in before it and with those transactions of other people that pay more. The state moves on.
 */
export function fillSlot(machine: Machine, pool: TransactionPool, slot: Slot): FilledSlot {
  const { state, chain } = machine
  state.missSlots(slot.missedBefore)
  const context = blockContext(machine, slot)
  const transactions: SignedTransaction[] = []
  const receipts: Receipt[] = []
  let gasLeft = chain.gasLimit
  // Running one may make the next of its sender runnable.
  const onFailed: OnFailed = ({ signed: { transaction }, hash }) => {
    if (pool.at(transaction.from, transaction.nonce)?.hash === hash)
      pool.remove(transaction.from, transaction.nonce)
  }
  for (const forced of dueInTurn(machine.forced, context, onFailed)) {
    const gas = gasUsedBy(forced.signed.transaction)
    if (gas > gasLeft) break
    gasLeft -= gas
    receipts.push(runTransaction(context, forced.signed.transaction, forced.hash))
    transactions.push(forced.signed)
  }
  const queue = pool.queueOfNext((sender) => state.nonce(sender), slot.market.baseFee)
  let waiting = 0
  let blobsLeft = chain.blobMarket?.maxBlobs ?? 0
  for (let best = queue.pop(); best !== undefined; best = queue.pop()) {
    const { transaction } = best.signed
    if (!isRunnable(state, transaction)) {
      pool.dropSender(transaction.from)
      continue
    }
    const gas = gasUsedBy(transaction)
    const blobs = transaction.blobs ?? 0
    const pays = paysBaseFees(transaction, slot.market)
    if (!pays || blobs > blobsLeft || gas + gasAhead(chain, slot.market, best.tip) > gasLeft) {
      if (pool.keepsWaiting(best, slot.number, Math.ceil(POOL_LIFETIME_MS / chain.slotMs))) waiting++
      continue
    }
    gasLeft -= gas
    blobsLeft -= blobs
    receipts.push(runTransaction(context, transaction, best.hash))
    transactions.push(best.signed)
    const next = pool.at(transaction.from, transaction.nonce + 1)
    if (next !== undefined) queue.push(next)
  }
  return { ...slot, transactions: Object.freeze(transactions), receipts: Object.freeze(receipts), waiting }
}

/** Signs an executed slot: a frozen block. */
export function sealSlot(machine: Machine, slot: ExecutedSlot, signer: DigestSigner): Block {
  const { transactions, receipts } = slot
  const bodyHashes = {
    transactionsHash: transactionsHash(transactions),
    receiptsHash: receiptsHash(receipts),
  }
  const header = headerOf(machine, slot, bodyHashes)
  const hash = headerDigest(header)
  return Object.freeze({ header, signature: signer.sign(hash), hash, transactions, receipts })
}

/** Runs a block's transactions on its parent's state; the block as executed here, or why it is wrong. The state moves on either way. */
export function rerunBlock(machine: Machine, arrived: ArrivedBlock, parent: Block): Block | string {
  const { state } = machine
  state.ledger.expect(arrived.claimedEntries)
  const executed = rerunSlot(machine, arrived, parent)
  state.ledger.expect(NO_CLAIMS)
  if (typeof executed === 'string') return executed
  const { block, bodyHashes } = arrived
  const isAsClaimed = isSameCanonical(executed.receipts, block.receipts)
  const receipts = isAsClaimed ? block.receipts : executed.receipts
  const header = headerOf(
    machine,
    { ...executed, receipts },
    {
      transactionsHash: bodyHashes.transactionsHash,
      receiptsHash: isAsClaimed ? bodyHashes.receiptsHash : receiptsHash(receipts),
    },
  )
  if (headerDigest(header) !== block.hash) return 'wrong-result'
  const { signature, hash } = block
  return Object.freeze({ header, signature, hash, transactions: executed.transactions, receipts })
}

function rerunSlot(machine: Machine, arrived: ArrivedBlock, parent: Block): ExecutedSlot | string {
  const { chain, state } = machine
  const { block, transactionHashes } = arrived
  const { number, producer, votes, missedBefore } = block.header
  const declared = declaredDemands(block.header)
  if (declared === 'bad-demand') return declared
  const market = slotMarket(chain, parent.header, number, declared)
  const slot = { number, producer, parent, votes, missedBefore, market }
  state.missSlots(missedBefore)
  const context = blockContext(machine, slot)
  const { transactions } = block
  const receipts: Receipt[] = []
  let gasLeft = chain.gasLimit
  let blobsLeft = chain.blobMarket?.maxBlobs ?? 0
  const run = (i: number): string | null => {
    const { transaction } = transactions[i] as SignedTransaction
    gasLeft -= gasUsedBy(transaction)
    blobsLeft -= transaction.blobs ?? 0
    const isPaid = paysBaseFees(transaction, market) && isRunnable(state, transaction)
    if (gasLeft < 0 || blobsLeft < 0 || !isPaid) return 'bad-transaction'
    receipts.push(runTransaction(context, transaction, transactionHashes[i] as TransactionHash))
    return null
  }
  const rerun = { transactions, hashes: transactionHashes, gasLimit: chain.gasLimit, run }
  const begun = rerunTurns(machine.forced, context, rerun)
  if (typeof begun === 'string') return begun
  for (let i = begun; i < transactions.length; i++) {
    const wrong = run(i)
    if (wrong !== null) return wrong
  }
  return { ...slot, transactions: Object.freeze(transactions), receipts: Object.freeze(receipts) }
}

/**
 * The signer, or the complaint that there is none.
 *
 * @throws E_NO_SIGNER
 */
export function requireSigner(signer: DigestSigner | undefined, chain: ChainSpec): DigestSigner {
  if (signer !== undefined) return signer
  throw new SolventError({
    code: 'E_NO_SIGNER',
    message: 'This engine has no signer and cannot produce blocks.',
    details: { chain: chain.name },
  })
}

function blockContext(
  { index, chain, state, rules, verifier }: Machine,
  { number, producer, market }: Pick<Slot, 'number' | 'producer' | 'market'>,
): BlockContext {
  const now = timestampOf(index.spec, chain, number)
  return { index, chain, state, rules, verifier, number, now, producer, market }
}
