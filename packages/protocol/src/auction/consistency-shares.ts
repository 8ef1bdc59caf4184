// What a period of batches leaves of the caps on rewards, and who gets it: all that is needed to share it again. Numeraire times 10^8.
import type { Address, OrderId } from '@solvent/primitives'

export interface ConsistencyShares {
  /** What caps left, with penalties. */
  readonly budget: bigint
  readonly records: readonly {
    readonly solver: Address
    /** Winning solutions, and those that were settled. */
    readonly won: number
    readonly settled: number
    /** Its best surplus for each order. */
    readonly proposed: readonly { readonly orderId: OrderId; readonly surplus: bigint }[]
    readonly reward: bigint
  }[]
}
