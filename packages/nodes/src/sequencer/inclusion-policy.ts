// Which transactions a producer lets into its pool. A censoring producer is one with another function here; it
// answers as if it had taken the transaction, because censorship does not announce itself.
import type { ChainId } from '@solvent/primitives'
import type { SignedTransaction } from '@solvent/protocol'

/** True: into the pool. False: the sender is told that it was taken, and it never is. */
export type InclusionPolicy = (signed: SignedTransaction, chainId: ChainId) => boolean

/** Takes everything that the chain's rules admit. */
export const honestInclusion: InclusionPolicy = () => true
