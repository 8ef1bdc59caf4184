// One transaction on a chain: nonce and fee first, then the call; a revert takes back the call and keeps those two (T-9).
import { type Address, ZERO_ADDRESS } from '@solvent/primitives'
import type {
  ChainEvent,
  ChainSpec,
  Leg,
  Receipt,
  SignatureVerifier,
  Transaction,
  TransactionHash,
} from '@solvent/protocol'
import type { ChainState } from '../chain/chain-state.ts'
import { gasOf, maxFeeOf, tipOf } from '../chain/gas.ts'
import type { NetworkIndex } from '../chain/network-index.ts'
import type { SettlementRules } from '../settlement-rules.ts'
import type { CallResult } from './call-context.ts'
import { dispatchCall } from './dispatch.ts'

/** The block in which transactions run. */
export interface BlockContext {
  readonly index: NetworkIndex
  readonly chain: ChainSpec
  readonly state: ChainState
  readonly rules: SettlementRules
  readonly verifier: SignatureVerifier
  /** Unix seconds. */
  readonly now: number
  readonly producer: Address
  /** Wei per gas. */
  readonly baseFee: bigint
}

/** Gas that a transaction uses: its call's, or all of its limit when that is less. */
export function gasUsedBy(transaction: Transaction): number {
  return Math.min(gasOf(transaction.call.kind), transaction.gasLimit)
}

/** Whether the transaction pays the base fee; its price can only rise by a replacement. */
export function paysBaseFee({ maxFeePerGas }: Transaction, baseFee: bigint): boolean {
  return maxFeePerGas >= baseFee
}

/** Whether the sender holds what the transaction may cost at most, and its nonce is next. */
export function isRunnable(state: ChainState, transaction: Transaction): boolean {
  const { from } = transaction
  if (state.nonce(from) !== transaction.nonce) return false
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

  const events: ChainEvent[] = []
  const mark = state.log.mark()
  const posted = state.ledger.postedCount()
  const reason: CallResult =
    transaction.gasLimit < gasOf(call.kind)
      ? 'out-of-gas'
      : dispatchCall({ ...block, sender: from, events }, call)
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
    events: Object.freeze(events),
  })
}

function chargeFee({ state, baseFee, producer }: BlockContext, transaction: Transaction): void {
  const { from } = transaction
  const gas = BigInt(gasUsedBy(transaction))
  const burned = gas * baseFee
  const tip = gas * tipOf(transaction, baseFee)
  if (burned + tip === 0n) return
  const legs: Leg[] = [
    { kind: state.kindOf(from), owner: from, token: ZERO_ADDRESS, amount: -(burned + tip) },
  ]
  if (burned > 0n) legs.push({ kind: 'BURN', owner: '', token: ZERO_ADDRESS, amount: burned })
  if (tip > 0n) legs.push({ kind: 'GAS_FEE', owner: producer, token: ZERO_ADDRESS, amount: tip })
  state.ledger.post('gas', legs)
}
