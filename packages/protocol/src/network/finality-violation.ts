// Two conflicting checkpoints that are both final: a third of the stake or more votes on two branches, each of which has two
// thirds with those who saw it alone (accountable safety: Buterin and Griffith, arXiv 1710.09437, section 3).
import type { Address, ChainId } from '@solvent/primitives'
import type { SignedTransaction } from '../chain/transaction.ts'

export interface FinalityViolation {
  readonly chainId: ChainId
  /** The branches part above the newest block up to this slot. */
  readonly slot: number
  /** Validator groups that propose and vote on the branch that everybody sees, one bit each. */
  readonly followed: number
  /** Groups that propose and vote on the hidden one; those of both break the rules and can be slashed. */
  readonly hidden: number
  /** Accounts whose transactions do not come back when the branch that everybody saw is taken back: they spend twice. */
  readonly without: readonly Address[]
  /** Transactions of theirs that are in the hidden branch alone: what they do there with the same nonces. */
  readonly conflicting: readonly SignedTransaction[]
  /** When the hidden branch comes out, Unix ms. */
  readonly untilMs: number
}
