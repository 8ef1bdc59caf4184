// One order that a solver has promised something for, from the bid to the end of its receivable.
import { canonicalBytesOf, decodeCanonical, encodeCanonical, type OrderId } from '@solvent/primitives'
import type { Confirmation, ReceivableState, SignedAward, SignedOrder } from '@solvent/protocol'
import { readSignedOrder, signedOrderBytes } from '../parts/signed-order-bytes.ts'
import type { Terms } from './admission.ts'

/**
 * bidding: a sealed bid is with the auctioneer. opening: it is ours to open (or waits for its user to open it).
 * confirming: open, not yet firm enough or not yet cheap enough. filling: the fill is on its way. filled: delivered,
 * a receivable is open. ended: nothing more will be done.
 */
export type Stage = 'bidding' | 'opening' | 'confirming' | 'filling' | 'filled' | 'ended'

export interface Engagement {
  readonly orderId: OrderId
  readonly signed: SignedOrder
  readonly terms: Terms
  /** Why it is ours: an auction, being named by the user, the chain's first come, first served, or a part that we take. */
  readonly basis: 'auction' | 'named' | 'race' | 'part'
  stage: Stage
  award: SignedAward | null
  /** The most that this solver will deliver: its bid, its quote, or its price in a race, which a last look may raise. */
  offer: bigint
  /** A producer has promised to include our opening, and that is enough for its value. */
  isPromised: boolean
  /** Block of the origin chain that opened it. */
  openedIn: number | null
}

/** What must survive a restart once an order is ours. */
export interface EngagementRecord {
  readonly signed: SignedOrder
  readonly award: SignedAward | null
  readonly basis: Engagement['basis']
  readonly offer: bigint
  readonly confirmation: Confirmation
  /** Null before the fill. */
  readonly receivable: ReceivableState | null
}

const PREFIX = 'engaged/'

export function engagementKey(orderId: OrderId): string {
  return PREFIX + orderId
}

export function engagementKeys(store: { keys(prefix: string): string[] }): string[] {
  return store.keys(PREFIX)
}

/** The record of an engagement as it stands now, to be encoded when it is needed. */
export function engagementRecord(
  { signed, terms, basis, offer, award }: Engagement,
  receivable: ReceivableState | null,
): () => Uint8Array {
  const { confirmation } = terms
  return () => {
    // Written again at every stage: from the second time on it is copied.
    if (award !== null) canonicalBytesOf(award)
    return encodeCanonical({
      signed: signedOrderBytes(signed),
      award,
      basis,
      offer,
      confirmation,
      receivable,
    })
  }
}

/** Reads what `engagementRecord` wrote to this node's own store. */
export function decodeEngagement(bytes: Uint8Array): EngagementRecord {
  const stored = decodeCanonical(bytes) as unknown as Omit<EngagementRecord, 'signed'> & {
    signed: Uint8Array
  }
  return { ...stored, signed: readSignedOrder(stored.signed) }
}
