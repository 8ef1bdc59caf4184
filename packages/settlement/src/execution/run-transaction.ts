// One transaction on a chain: nonce and fee first, then the call; a revert takes back the call and keeps those two (T-9).
import { type Address, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type ChainEvent,
  type ChainSpec,
  type Leg,
  type Receipt,
  type SignatureVerifier,
  signerOf,
  type Transaction,
  type TransactionHash,
} from '@solvent/protocol'
import type { ChainState } from '../chain/chain-state.ts'
import type { SlotMarket } from '../chain/fee-market/slot-market.ts'
import { blobGasOf, gasOfCall, maxFeeOf, tipOf } from '../chain/gas.ts'
import type { NetworkIndex } from '../chain/network-index.ts'
import type { SettlementRules } from '../settlement-rules.ts'
import type { CallContext, CallResult } from './call-context.ts'
import { dispatchCall } from './dispatch.ts'

/** The block in which transactions run. */
export interface BlockContext {
  readonly index: NetworkIndex
  readonly chain: ChainSpec
  readonly state: ChainState
  readonly rules: SettlementRules
  readonly verifier: SignatureVerifier
  readonly number: number
  /** Unix seconds. */
  readonly now: number
  readonly producer: Address
  readonly market: SlotMarket
}

/** Gas that a transaction uses: its call's, or all of its limit when that is less. */
export function gasUsedBy(transaction: Transaction): number {
  return Math.min(gasOfCall(transaction.call), transaction.gasLimit)
}

/** Whether the transaction pays the base fees; its offer can only rise by a replacement. */
export function paysBaseFees(
  { maxFeePerGas, maxFeePerBlobGas = 0n, blobs = 0 }: Transaction,
  { baseFee, blobBaseFee }: Pick<SlotMarket, 'baseFee' | 'blobBaseFee'>,
): boolean {
  return maxFeePerGas >= baseFee && (blobs === 0 || maxFeePerBlobGas >= blobBaseFee)
}

/** Whether the sender holds what the transaction may cost at most, its nonce is next, and the key that signed is the account's. */
export function isRunnable(state: ChainState, transaction: Transaction): boolean {
  const { from } = transaction
  if (state.nonce(from) !== transaction.nonce || state.keyOf(from) !== signerOf(transaction)) return false
  return state.ledger.balance(state.kindOf(from), from, ZERO_ADDRESS) >= maxFeeOf(transaction)
}

/** Runs a transaction for which `isRunnable` holds; the receipt is frozen. */
export function runTransaction(
  block: BlockContext,
  transaction: Transaction,
  hash: TransactionHash,
): Receipt {
  const { state } = block
  const { from, call } = transaction
  state.setNonce(from, transaction.nonce + 1)
  chargeFee(block, transaction)
  if (block.chain.preconfirmations !== undefined) state.preconfirmations.included.set(hash, block.number)

  const events: ChainEvent[] = []
  const mark = state.log.mark()
  const posted = state.ledger.postedCount()
  const reason: CallResult =
    transaction.gasLimit < gasOfCall(call)
      ? 'out-of-gas'
      : dispatchCall(contextOf(block, transaction, events), call)
  if (reason !== null) {
    state.log.rollback(mark)
    state.ledger.dropPosted(posted)
    events.length = 0
  }
  for (const event of events) Object.freeze(event)
  return Object.freeze({
    transactionHash: hash,
    status: reason === null ? 'ok' : 'reverted',
    reason,
    gasUsed: gasUsedBy(transaction),
    entries: state.ledger.takePosted(),
    // A copy has no room to grow, and receipts are kept.
    events: Object.freeze(events.slice()),
  })
}

/** Field by field: a copy of the block's context would be made to be changed. */
function contextOf(block: BlockContext, transaction: Transaction, events: ChainEvent[]): CallContext {
  const { index, chain, state, rules, verifier, number, now, market } = block
  const tip = tipOf(transaction, market.baseFee)
  return { index, chain, state, rules, verifier, number, now, sender: transaction.from, tip, events }
}

function chargeFee({ state, market, producer }: BlockContext, transaction: Transaction): void {
  const { from } = transaction
  const gas = BigInt(gasUsedBy(transaction))
  const blobFee = transaction.blobs === undefined ? 0n : blobGasOf(transaction) * market.blobBaseFee
  const burned = gas * market.baseFee + blobFee
  const tip = gas * tipOf(transaction, market.baseFee)
  if (burned + tip === 0n) return
  const paid: Leg = { kind: state.kindOf(from), owner: from, token: ZERO_ADDRESS, amount: -(burned + tip) }
  const burn: Leg = { kind: 'BURN', owner: '', token: ZERO_ADDRESS, amount: burned }
  const earned: Leg = { kind: 'GAS_FEE', owner: producer, token: ZERO_ADDRESS, amount: tip }
  // Lists of just these lengths: the journal keeps them.
  state.ledger.post('gas', tip <= 0n ? [paid, burn] : burned <= 0n ? [paid, earned] : [paid, burn, earned])
}
