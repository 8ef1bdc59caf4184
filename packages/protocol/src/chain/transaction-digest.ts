// What an account signs when it transacts, and the transaction's hash. A chain's transactions are this protocol's own, so
// that no standard asks for their form; the chain's id is one of the fields.
import { packedHash, remembered } from '@solvent/primitives'
import type { Transaction, TransactionHash } from './transaction.ts'

/** SHA-256 of the packed bytes of a transaction. Remembered for a while. */
export const transactionDigest: (transaction: Transaction) => TransactionHash = remembered(
  (transaction: Transaction) => packedHash('transaction', transaction),
)
