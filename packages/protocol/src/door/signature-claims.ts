// Which signatures a message stands on. What is signed inside a transaction's call is for the chain to verify, and what
// is in a block range for who asked for it.
import type { Address, Hash32 } from '@solvent/primitives'
import type { SignedAward } from '../auction/award.ts'
import type { SignedSealedBid } from '../auction/sealed-bid.ts'
import type { SignedAttestation } from '../bridge/signed-attestation.ts'
import { signerOf } from '../chain/account-key.ts'
import type { SignedHeader } from '../chain/block-header.ts'
import { transactionDigest } from '../chain/transaction-digest.ts'
import { attestationDigest } from '../eip712/attestation-digest.ts'
import { awardDigest } from '../eip712/award-digest.ts'
import { bidDigest } from '../eip712/bid-digest.ts'
import { earlyOpeningDigest } from '../eip712/early-opening-digest.ts'
import { headerDigest } from '../eip712/header-digest.ts'
import { orderDigest } from '../eip712/order-digest.ts'
import { preconfirmationDigest } from '../eip712/preconfirmation-digest.ts'
import { quoteDigest } from '../eip712/quote-digest.ts'
import { sealedBidDigest } from '../eip712/sealed-bid-digest.ts'
import { solutionDigest } from '../eip712/solution-digest.ts'
import type { SignedOrder } from '../order/order.ts'
import type { SignedPreconfirmation } from '../preconfirmation/preconfirmation.ts'
import type { Signature } from '../signature.ts'
import type { Message } from '../wire/message.ts'

/** `signature` must be that of `signer` over `digest`. */
export interface SignatureClaim {
  readonly digest: Hash32
  readonly signature: Signature
  readonly signer: Address
}

const NONE: readonly SignatureClaim[] = []

/** All claims of a message, in the order of its fields; empty for messages without signatures. */
export function signatureClaims(message: Message): readonly SignatureClaim[] {
  switch (message.type) {
    case 'order':
      return [ofOrder(message.body)]
    case 'orders':
      return message.body.orders.map(ofOrder)
    case 'award':
      return [ofAward(message.body)]
    case 'header':
      return [ofHeader(message.body)]
    case 'attestation':
      return [ofAttestation(message.body)]
    case 'evidence':
      return ofEvidence(message.body)
    case 'bid': {
      const { bid, signature } = message.body
      return [{ digest: bidDigest(bid), signature, signer: bid.solver }]
    }
    case 'sealed-bid':
    case 'bid-share':
      return [ofSealedBid(message.body)]
    case 'bid-shares':
      return message.body.shares.map(ofSealedBid)
    case 'solution': {
      const { solution, signature } = message.body
      return [{ digest: solutionDigest(solution), signature, signer: solution.solver }]
    }
    case 'quote': {
      const { quote, signature } = message.body
      return [{ digest: quoteDigest(quote), signature, signer: quote.solver }]
    }
    case 'receipt':
      return message.body.promise === undefined ? NONE : [ofPromise(message.body.promise)]
    case 'transaction': {
      const { transaction, signature } = message.body
      return [{ digest: transactionDigest(transaction), signature, signer: signerOf(transaction) }]
    }
    default:
      return NONE
  }
}

function ofPromise({ preconfirmation, signature }: SignedPreconfirmation): SignatureClaim {
  const signer = preconfirmation.producer
  return { digest: preconfirmationDigest(preconfirmation), signature, signer }
}

function ofSealedBid({ sealed, signature }: SignedSealedBid): SignatureClaim {
  return { digest: sealedBidDigest(sealed), signature, signer: sealed.solver }
}

function ofOrder({ order, signature }: SignedOrder): SignatureClaim {
  return { digest: orderDigest(order), signature, signer: order.user }
}

function ofAward({ award, signature }: SignedAward): SignatureClaim {
  return { digest: awardDigest(award), signature, signer: award.auctioneer }
}

function ofHeader({ header, signature }: SignedHeader): SignatureClaim {
  return { digest: headerDigest(header), signature, signer: header.producer }
}

function ofAttestation({ attestation, signature, verifier }: SignedAttestation): SignatureClaim {
  return { digest: attestationDigest(attestation), signature, signer: verifier }
}

function ofEvidence(evidence: Extract<Message, { type: 'evidence' }>['body']): readonly SignatureClaim[] {
  switch (evidence.kind) {
    case 'conflicting-awards':
      return [ofAward(evidence.first), ofAward(evidence.second)]
    case 'conflicting-headers':
      return [ofHeader(evidence.first), ofHeader(evidence.second)]
    case 'conflicting-attestations':
      return [ofAttestation(evidence.first), ofAttestation(evidence.second)]
    case 'early-opening': {
      const { opening, signature } = evidence
      return [{ digest: earlyOpeningDigest(opening), signature, signer: opening.witness }]
    }
  }
}
