// What an account signs when it transacts, and the transaction's hash. A chain's transactions are this protocol's own, so
// that no standard asks for their form; the chain's id is one of the fields.
import { packedHashBy, remembered } from '@solvent/primitives'
import { messageDigest } from '../bridge/message-identity.ts'
import { packTransaction } from './packed-transaction.ts'
import type { Transaction, TransactionHash } from './transaction.ts'

/**
 * BLAKE3 of the packed bytes of a transaction, in which the messages of a delivery count by their digests (as a struct
 * within a struct does in EIP-712). Remembered for a while.
 */
export const transactionDigest: (transaction: Transaction) => TransactionHash = remembered(
  (transaction: Transaction) => {
    const { call } = transaction
    const carried =
      call.kind === 'deliver'
        ? messageDigest(call.message)
        : call.kind === 'deliver-batch'
          ? call.messages.map((message) => messageDigest(message))
          : null
    return packedHashBy('transaction', transaction, () => packTransaction(transaction, carried))
  },
)
