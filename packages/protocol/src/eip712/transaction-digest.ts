// What an account signs when it transacts. The call is bound by the SHA-256 of its canonical bytes.
import { canonicalBytesOf, remembered, sha256 } from '@solvent/primitives'
import type { Transaction, TransactionHash } from '../chain/transaction.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex, putInteger, putUint256, WORD_BYTES } from './word.ts'

export const transactionTypeString =
  'Transaction(uint256 chainId,address from,uint256 nonce,uint256 gasLimit,uint256 maxFeePerGas,' +
  'uint256 maxPriorityFeePerGas,uint256 blobs,uint256 maxFeePerBlobGas,bytes32 callHash)'

const struct = structBuffer(transactionTypeString, 9)

/** EIP-712 digest of a transaction, in the domain of its chain. Remembered for a while. */
export const transactionDigest: (transaction: Transaction) => TransactionHash = remembered(
  (transaction: Transaction) => {
    putInteger(struct, 1, transaction.chainId)
    putHex(struct, 2, transaction.from)
    putInteger(struct, 3, transaction.nonce)
    putInteger(struct, 4, transaction.gasLimit)
    putUint256(struct, 5, transaction.maxFeePerGas)
    putUint256(struct, 6, transaction.maxPriorityFeePerGas)
    putInteger(struct, 7, transaction.blobs ?? 0)
    putUint256(struct, 8, transaction.maxFeePerBlobGas ?? 0n)
    struct.set(sha256(canonicalBytesOf(transaction.call)), 9 * WORD_BYTES)
    return typedDigest(domainSeparator(domainNames.chain, transaction.chainId, null), struct)
  },
)
