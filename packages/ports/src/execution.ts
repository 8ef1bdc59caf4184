// How a block producer has its chain executed. Answers come by message: today the settlement core in the
// same process, later a real EVM node behind the same port.
import type { Hash32 } from '@solvent/primitives'
import type { Vocabulary } from './vocabulary.ts'

export type ExecutionTicket = number & { readonly ExecutionTicket: unique symbol }

/** A slot to fill. */
export interface ProducedSlot {
  readonly number: number
  /** Make a block even when there is nothing to put in. */
  readonly allowEmpty: boolean
  /** How strong other people's demand is from this slot to before slot `until`, in percent; absent: as it was. */
  readonly demand?: { readonly [R in 'gas' | 'blobs']?: { readonly percent: number; readonly until: number } }
  /** Consensus chains: one bit for each of the producer's validator groups that voted in the epoch before; absent: all. */
  readonly votes?: number
  /** Slots since the parent whose proposer was absent; absent: none. */
  readonly missed?: number
  /** Hash of the block to build on; absent: the head. A branch beside the head is followed once it is the better one. */
  readonly parent?: Hash32
  /** `hidden`: a block of a branch that is not followed, however long it becomes, with what was given for it (`hold`); absent: a block like any other. */
  readonly branch?: 'hidden'
}

/** One chain's execution, as a producer node sees it. */
export interface Execution<V extends Vocabulary> {
  /** Offers a transaction to the chain's pool; answered by `admission`. */
  submit(transaction: V['transaction']): ExecutionTicket
  /** Builds the block of slot `number` from the pool; `allowEmpty` makes a heartbeat block. Answered by `produced`. */
  produce(slot: ProducedSlot): ExecutionTicket
  /** Checks and applies another producer's block; answered by `imported`. */
  import(block: V['block']): ExecutionTicket
  /** Blocks up to this number are final by the word of the chain's L1: how to take them back may be forgotten. */
  finalize(number: number): void
  /** Follows the branch that ends in this block, however long others are: the chain's L1 has ordered it. Unknown blocks are ignored. */
  follow(tip: Hash32): void
  /**
   * Until it is lifted by null: blocks above this number can be taken back although they become final, and the transactions
   * of some accounts do not return to the pool when they are. Hidden branches hold what is given for them.
   */
  hold(above: number | null, without: readonly string[], hidden: readonly V['transaction'][]): void
  /** The L1 forces a transaction upon the chain: from `dueAt` (Unix seconds) on no block may do without it, if it can run. */
  force(transaction: V['transaction'], dueAt: number): void
  /** The L1 has dropped every block above this number: their transactions go back to the pool. */
  rewind(number: number): void
}

export type ExecutionAnswer<V extends Vocabulary> =
  | {
      readonly kind: 'admission'
      readonly transaction: V['transaction']
      readonly accepted: boolean
      readonly reason: string | null
    }
  /** Null when the pool was empty and an empty block was not wanted. */
  | { readonly kind: 'produced'; readonly number: number; readonly block: V['block'] | null }
  | { readonly kind: 'imported'; readonly accepted: boolean; readonly reason: string | null }

/** The synchronous engine behind the port: runtimes wrap it and answer by message, the simulator after a delay. */
export interface ExecutionEngine<V extends Vocabulary> {
  submit(transaction: V['transaction']): { readonly accepted: boolean; readonly reason: string | null }
  produce(slot: ProducedSlot): V['block'] | null
  import(block: V['block']): { readonly accepted: boolean; readonly reason: string | null }
  finalize(number: number): void
  follow(tip: Hash32): void
  hold(above: number | null, without: readonly string[], hidden: readonly V['transaction'][]): void
  force(transaction: V['transaction'], dueAt: number): void
  rewind(number: number): void
}
