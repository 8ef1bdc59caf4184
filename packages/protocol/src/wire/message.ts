// Everything that one node may say to another. Gossip carries only self-signed artefacts; requests and
// replies travel on an authenticated connection (the transport names the peer).
import type { ChainId, NodeId, OrderId } from '@solvent/primitives'
import type { SignedAward } from '../auction/award.ts'
import type { SignedBid } from '../auction/bid.ts'
import type { BidShare } from '../auction/bid-share.ts'
import type { SignedEarlyOpening } from '../auction/early-opening.ts'
import type { QuoteRequest, SignedQuote } from '../auction/quote.ts'
import type { SignedSealedBid } from '../auction/sealed-bid.ts'
import type { SignedSolution } from '../auction/solution.ts'
import type { BridgeMessage } from '../bridge/bridge-message.ts'
import type { SignedAttestation } from '../bridge/signed-attestation.ts'
import type { Block } from '../chain/block.ts'
import type { SignedHeader } from '../chain/block-header.ts'
import type { SignedTransaction } from '../chain/transaction.ts'
import type { SignedOrder } from '../order/order.ts'
import type { SignedPreconfirmation } from '../preconfirmation/preconfirmation.ts'
import type { ControlMessage, ControlReply } from './control.ts'
import type { SideChannelMessage } from './side-channel.ts'

/** Gossip: anyone may relay, the signature inside says who speaks. */
export type GossipMessage =
  | { readonly type: 'order'; readonly body: SignedOrder }
  | { readonly type: 'award'; readonly body: SignedAward }
  | { readonly type: 'header'; readonly body: SignedHeader }
  | { readonly type: 'attestation'; readonly body: SignedAttestation }
  | { readonly type: 'evidence'; readonly body: Evidence }

/** Requests, each with the replies it may get. */
export type RequestMessage =
  | { readonly type: 'quote-request'; readonly body: QuoteRequest }
  | { readonly type: 'bid'; readonly body: SignedBid }
  | { readonly type: 'sealed-bid'; readonly body: SignedSealedBid }
  | { readonly type: 'bid-share'; readonly body: BidShare }
  | { readonly type: 'share-request'; readonly body: { readonly orderId: OrderId } }
  | { readonly type: 'solution'; readonly body: SignedSolution }
  | { readonly type: 'side-channel'; readonly body: SideChannelMessage }
  | { readonly type: 'transaction'; readonly body: SignedTransaction }
  | { readonly type: 'block-request'; readonly body: BlockRequest }
  | { readonly type: 'order-request'; readonly body: { readonly orderIds: readonly OrderId[] } }
  | { readonly type: 'control'; readonly body: ControlMessage }

export type ReplyMessage =
  | { readonly type: 'quote'; readonly body: SignedQuote }
  | {
      readonly type: 'receipt'
      readonly body: {
        readonly accepted: boolean
        readonly reason: RefusalReason | null
        /** A promise of inclusion, from a producer that makes them. */
        readonly promise?: SignedPreconfirmation | undefined
      }
    }
  | { readonly type: 'bid-shares'; readonly body: { readonly shares: readonly BidShare[] } }
  | { readonly type: 'blocks'; readonly body: BlockRange }
  | { readonly type: 'orders'; readonly body: { readonly orders: readonly SignedOrder[] } }
  | { readonly type: 'control-reply'; readonly body: ControlReply }

/**
 * What a bridge verifier reads from a data source other than its own chain followers (an RPC provider). The
 * transport names the source; a verifier believes only the sources it was configured with.
 */
export type DirectMessage = { readonly type: 'source-report'; readonly body: SourceReport }

export type Message = GossipMessage | RequestMessage | ReplyMessage | DirectMessage

export interface BlockRequest {
  readonly chainId: ChainId
  /** Non-empty blocks with number in [from, to] are wanted, oldest first. */
  readonly from: number
  readonly to: number
  /** Skip this many transactions of the first block: a body larger than a frame comes in chunks. */
  readonly skip: number
}

/** As many whole blocks as fit a frame, or one chunk of a large block. */
export interface BlockRange {
  readonly chainId: ChainId
  readonly blocks: readonly Block[]
  /** Where to go on: null when the range is complete. */
  readonly next: { readonly from: number; readonly skip: number } | null
}

export interface SourceReport {
  readonly source: NodeId
  readonly message: BridgeMessage
}

/** Two commitments of one signer that cannot both stand, which verifies offline; or what a member of a committee testifies. */
export type Evidence =
  | { readonly kind: 'conflicting-awards'; readonly first: SignedAward; readonly second: SignedAward }
  | {
      readonly kind: 'conflicting-attestations'
      readonly first: SignedAttestation
      readonly second: SignedAttestation
    }
  | { readonly kind: 'conflicting-headers'; readonly first: SignedHeader; readonly second: SignedHeader }
  | ({ readonly kind: 'early-opening' } & SignedEarlyOpening)

/** Why a node declines a request (an outcome, not an error). */
export const refusalReasons = [
  'unknown-order',
  'auction-closed',
  /** A bid that opens no commitment, or before bids may be opened. */
  'not-committed',
  /** A solver that is benched: the auctioneer takes none of its bids, because it did not deliver what it had won. */
  'barred',
  'not-my-order',
  'below-minimum',
  'duplicate',
  'nonce-too-low',
  'nonce-gap',
  'fee-too-low',
  'gas-limit',
  'too-many-blobs',
  'underfunded',
  'pool-full',
  'wrong-chain',
  'not-interested',
  'expired',
  'not-authorised',
  'unavailable',
] as const
export type RefusalReason = (typeof refusalReasons)[number]
