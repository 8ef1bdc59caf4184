// What a chain asks of a transaction before it may wait in the pool; its nonce is the pool's business.
import { ZERO_ADDRESS } from '@solvent/primitives'
import { type RefusalReason, type SignedTransaction, signerOf, transactionDigest } from '@solvent/protocol'
import { lowestBaseFee } from '../chain/fee-market/base-fee.ts'
import { MIN_GAS_LIMIT, maxFeeOf } from '../chain/gas.ts'
import type { Machine } from './machine.ts'

/** Why a transaction cannot be paid for or run on this chain as its state is; null when it can. */
export function refuseTransaction(
  { chain, state, verifier }: Machine,
  { transaction, signature }: SignedTransaction,
): RefusalReason | null {
  if (transaction.chainId !== chain.chainId) return 'wrong-chain'
  if (transaction.gasLimit < MIN_GAS_LIMIT || transaction.gasLimit > chain.gasLimit) return 'gas-limit'
  if (transaction.maxFeePerGas < lowestBaseFee(chain)) return 'fee-too-low'
  if ((transaction.blobs ?? 0) > (chain.blobMarket?.maxBlobs ?? 0)) return 'too-many-blobs'
  const { from } = transaction
  if (state.ledger.balance(state.kindOf(from), from, ZERO_ADDRESS) < maxFeeOf(transaction))
    return 'underfunded'
  // Of a signature by a key that is not the account's a pool keeps nothing, though the key may become it.
  const signer = signerOf(transaction)
  if (signer !== state.keyOf(from)) return 'not-authorised'
  return verifier.verify(transactionDigest(transaction), signature, signer) ? null : 'not-authorised'
}
