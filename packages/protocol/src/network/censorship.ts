// Transactions that producers do not let into blocks, as it is asked of them. Kinds and ranges: settlement.md §9
// (censorship of a class from 0 to 100 %; transactions that are dropped).
import type { Address, ChainId } from '@solvent/primitives'

export const censorshipModes = ['exclude', 'lose'] as const

/**
 * `exclude`: the share of the class by hash, so that the same transaction is left out however often it comes.
 * `lose`: each arrival is lost with the probability of the share, so that the same transaction may get in another time.
 */
export type CensorshipMode = (typeof censorshipModes)[number]

export interface Censorship {
  readonly chainId: ChainId
  readonly mode: CensorshipMode
  /** The class: of these senders, with these kinds of calls; an empty list is all. */
  readonly senders: readonly Address[]
  readonly calls: readonly string[]
  readonly sharePercent: number
  /** Unix ms of the producer's clock. */
  readonly untilMs: number
}

/** What all producers of a chain were asked to leave out, from when on (Unix ms): who is of its class could not get in. */
export interface DeclaredCensorship extends Censorship {
  readonly fromMs: number
}
