// Gas: a fixed amount for each kind of call, charged whether the call succeeds or reverts. `open`, `fill`, `deliver` and
// `claim` are the units of OIF's demo configuration (open, fill, post-fill, claim), `transfer` is Ethereum's 21,000;
// the others, lending pools and oracles among them, are estimates of the same order. Fees: EIP-1559.
import { type BatchProof, type Call, type CallKind, GAS_PER_BLOB, type Transaction } from '@solvent/protocol'
import { OUTBOX_DEPTH } from '../bridge/outbox/outbox-tree.ts'

export const gasSchedule: Readonly<Record<CallKind, number>> = Object.freeze({
  transfer: 21_000,
  'rotate-key': 44_000,
  'bond-preconfirmations': 50_000,
  'prove-broken-promise': 120_000,
  open: 146_306,
  // An opening, and a cold word that becomes non-zero: how much of the order is taken (EIP-2929, EIP-2200).
  'open-part': 146_306 + 22_100,
  cancel: 48_000,
  fill: 100_000,
  deliver: 300_000,
  // What a transaction costs by itself; each message adds what its delivery costs beyond that.
  'deliver-batch': 21_000,
  claim: 60_084,
  refund: 60_000,
  'bridge-out': 120_000,
  'send-message': 90_000,
  pause: 50_000,
  unpause: 50_000,
  upgrade: 60_000,
  'submit-headers': 60_000,
  issue: 70_000,
  redeem: 60_000,
  'propose-bundle': 120_000,
  'dispute-bundle': 100_000,
  'rule-on-bundle': 80_000,
  'release-transfer': 150_000,
  refill: 70_000,
  'share-loss': 60_000,
  'vote-transfer': 150_000,
  'price-token': 50_000,
  'rotate-verifiers': 120_000,
  'pool-deposit': 110_000,
  'pool-withdraw': 120_000,
  'pool-refill': 80_000,
  'pool-rate': 50_000,
  'hash-lock-create': 150_000,
  'hash-lock-withdraw': 90_000,
  'hash-lock-cancel': 80_000,
  'post-batch': 80_000,
  'post-root': 90_000,
  challenge: 500_000,
  'force-transaction': 120_000,
  'force-inclusion': 150_000,
  'post-proof': 400_000,
  slash: 200_000,
  'post-price': 80_000,
  'poke-oracle': 60_000,
  supply: 180_000,
  withdraw: 200_000,
  borrow: 280_000,
  repay: 170_000,
  'set-collateral': 110_000,
  'set-e-mode': 120_000,
  liquidate: 400_000,
  'start-auction': 400_000,
  'bid-in-auction': 150_000,
  'settle-auction': 180_000,
  'buy-in-auction': 250_000,
  'restart-auction': 90_000,
  'mint-to-treasury': 120_000,
  'cover-deficit': 150_000,
  swap: 120_000,
  'add-liquidity': 160_000,
  'remove-liquidity': 150_000,
  'mint-range': 350_000,
  'burn-range': 250_000,
  'mint-vault-shares': 450_000,
  'burn-vault-shares': 350_000,
  'place-orders': 40_000,
  'exchange-stablecoin': 150_000,
  'halt-withdrawals': 50_000,
  'wind-up-custodian': 400_000,
  'claim-estate': 90_000,
  'buy-cover': 150_000,
  'note-stress': 80_000,
  'claim-cover': 110_000,
  'draw-window': 170_000,
  'repay-window': 120_000,
  'seize-pledge': 70_000,
  'buy-option': 180_000,
  'settle-options': 120_000,
  'exercise-option': 110_000,
  'subscribe-nav': 130_000,
  'request-redemption': 110_000,
  'pay-redemptions': 400_000,
  'fill-buffer': 70_000,
  'propose-measure': 140_000,
  'vote-measure': 60_000,
  'enact-measure': 120_000,
  'deposit-margin': 90_000,
  'withdraw-margin': 150_000,
  'trade-perpetual': 300_000,
  'order-perpetual': 350_000,
  'cancel-perpetual-orders': 150_000,
  'pay-funding': 150_000,
  'liquidate-perpetual': 400_000,
})

/** The least gas limit that any transaction may have. */
export const MIN_GAS_LIMIT = gasSchedule.transfer

/** Gas of a call of this kind. */
export function gasOf(kind: CallKind): number {
  return gasSchedule[kind]
}

/** Of a delivery without its transaction. */
const MESSAGE_GAS = gasSchedule.deliver - gasSchedule['deliver-batch']
/** Checking one header: its hash, one signature, three words of storage. */
const HEADER_GAS = 75_000
/** Checking a Groth16 proof (EIP-1108 pairing) with its public inputs, however many headers it is about. */
const VALIDITY_PROOF_GAS = 250_000
/** A sibling of a Merkle branch: 32 bytes of calldata (EIP-2028). */
const SIBLING_GAS = 32 * 16
/** A call of a precompile (EIP-2929: warm), and a hash over words of 32 bytes at the price of SHA-256 (yellow paper, appendix E). */
const PRECOMPILE_CALL_GAS = 100
const hashGas = (words: number): number => PRECOMPILE_CALL_GAS + 60 + 12 * words
/** From a message to the root of its outbox: the leaf (32 bytes), then all levels (64 bytes each), also those above the last sibling. */
const ROOT_GAS = hashGas(1) + OUTBOX_DEPTH * hashGas(2)

/** An order that is placed, with what it meets; and one that is taken back. */
const PLACED_ORDER_GAS = 80_000
const WITHDRAWN_ORDER_GAS = 30_000

/** Gas of a call: its kind's, and what it carries for the contract to check. */
export function gasOfCall(call: Call): number {
  const gas = gasOf(call.kind)
  if (call.kind === 'submit-headers')
    return gas + (call.form === 'zk' ? VALIDITY_PROOF_GAS : HEADER_GAS * call.headers.length)
  if (call.kind === 'place-orders')
    return gas + PLACED_ORDER_GAS * call.orders.length + WITHDRAWN_ORDER_GAS * call.cancels.length
  if (call.kind === 'deliver' && call.proof.kind !== 'quorum')
    return gas + ROOT_GAS + SIBLING_GAS * call.proof.path.length
  if (call.kind === 'deliver-batch')
    return gas + MESSAGE_GAS * call.messages.length + gasOfBatchProof(call.proof)
  return gas
}

/** Every leaf, every node on the way of any of them, once, and the siblings that do not follow from them. */
function gasOfBatchProof(proof: BatchProof): number {
  if (proof.kind === 'quorum') return 0
  const { leaves, siblings } = proof
  let nodes = 0
  let places: readonly number[] = leaves
  for (let height = 0; height < OUTBOX_DEPTH; height++) {
    if (places.length <= 1) {
      nodes += OUTBOX_DEPTH - height
      break
    }
    places = [...new Set(places.map((place) => Math.floor(place / 2)))]
    nodes += places.length
  }
  return hashGas(1) * leaves.length + hashGas(2) * nodes + SIBLING_GAS * siblings.length
}

/** What the producer gets per gas: the priority fee, as far as the maximum fee leaves room above the base fee. */
export function tipOf(
  transaction: Pick<Transaction, 'maxFeePerGas' | 'maxPriorityFeePerGas'>,
  baseFee: bigint,
): bigint {
  const room = transaction.maxFeePerGas - baseFee
  return room < transaction.maxPriorityFeePerGas ? room : transaction.maxPriorityFeePerGas
}

/** What a sender must hold of the gas token before its transaction runs (EIP-1559, EIP-4844). */
export function maxFeeOf(
  transaction: Pick<Transaction, 'gasLimit' | 'maxFeePerGas' | 'blobs' | 'maxFeePerBlobGas'>,
): bigint {
  const { gasLimit, maxFeePerGas, maxFeePerBlobGas = 0n } = transaction
  const maxFee = BigInt(gasLimit) * maxFeePerGas
  return transaction.blobs === undefined ? maxFee : maxFee + blobGasOf(transaction) * maxFeePerBlobGas
}

/** Blob gas of a transaction. */
export function blobGasOf({ blobs = 0 }: Pick<Transaction, 'blobs'>): bigint {
  return BigInt(blobs * GAS_PER_BLOB)
}
