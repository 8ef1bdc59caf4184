// How a node may break the protocol on purpose: Byzantine behaviour, as far as messages can show it (Lamport, Shostak and Pease 1982:
// a faulty node may do anything, also tell different nodes different things). Equivocation of block producers is a fault of its
// own, because it costs them stake.
import type { MessageType } from '../wire/message-type.ts'

export const misconducts = [
  /** Auctioneers and verifiers sign a second award or attestation, which contradicts the first. */
  'equivocate',
  /** Auctioneers award the worst bid. */
  'misrank',
  /** Messages of its own never leave: those of the types named, all when none is. */
  'withhold',
  /** Gossip and transactions that it has heard it sends again and again. */
  'replay',
  /** It passes on no message of others: those of the types named, all when none is. */
  'relay-selectively',
  /** It passes nothing on and answers nobody's request. */
  'free-ride',
  /** It speaks an older version of the protocol, which lacks these types: no fault of its own, and no misconduct. */
  'lack-types',
  /** Solvers fill orders with tokens that they do not have. */
  'fill-unfunded',
] as const
export type Misconduct = (typeof misconducts)[number]

export interface MisconductOrder {
  readonly conduct: Misconduct
  /** Messages that it concerns; empty: all. */
  readonly types: readonly MessageType[]
  /** Unix ms. */
  readonly untilMs: number
}
