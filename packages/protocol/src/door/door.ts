// The door: what must hold of a message before a node sees it. Size, canonical form and schema were the codec's;
// here come chain, domain and authority, then the expiry window, and only then the signatures.
import type { NetworkSpec } from '../network/network-spec.ts'
import type { SignatureVerifier } from '../signature.ts'
import type { Message } from '../wire/message.ts'
import { checkAttestation } from './attestation-check.ts'
import {
  checkAwardTerms,
  checkAwardWindow,
  checkBid,
  checkQuote,
  checkSealedBid,
  checkSolution,
} from './auction-check.ts'
import {
  checkBlockRange,
  checkBlockRequest,
  checkHeaderTerms,
  checkHeaderWindow,
  checkTransaction,
} from './chain-check.ts'
import { type DoorResult, PASS, reject, type Severity } from './door-result.ts'
import { checkEvidence } from './evidence-check.ts'
import { indexNetwork, type NetworkIndex } from './network-index.ts'
import { checkOrderTerms, checkOrderWindow, checkQuoteRequest } from './order-check.ts'
import { type SignatureClaim, signatureClaims } from './signature-claims.ts'
import { checkNotAhead, MAX_AHEAD_SECONDS, secondsAt } from './window.ts'

export interface Door {
  /** Chain, domain, authority, form and window at `nowMs` (Unix ms); no cryptography beyond hashes. */
  precheck(message: Message, nowMs: number): DoorResult
  /** What is left to verify, so that a runtime may do it elsewhere; empty for messages without signatures. */
  signatures(message: Message): readonly SignatureClaim[]
  /** `precheck`, then all signatures. */
  check(message: Message, nowMs: number): DoorResult
}

/**
 * The door of one network. It holds no state: replays and rates are the runtime's, nonces and funds the chains'.
 *
 * @example createDoor({ spec, verifier }).check(message, clock.nowMs()) // { ok: true }, or why not
 */
export function createDoor({ spec, verifier }: { spec: NetworkSpec; verifier: SignatureVerifier }): Door {
  const network = indexNetwork(spec)
  const precheck = (message: Message, nowMs: number): DoorResult =>
    checkMessage(network, message, secondsAt(nowMs))
  return {
    precheck,
    signatures: signatureClaims,
    check(message, nowMs) {
      const result = precheck(message, nowMs)
      if (!result.ok) return result
      for (const { digest, signature, signer } of signatureClaims(message)) {
        if (!verifier.verify(digest, signature, signer))
          return reject('bad-signature', forgerySeverity(message))
      }
      return PASS
    },
  }
}

function checkMessage(network: NetworkIndex, message: Message, now: number): DoorResult {
  switch (message.type) {
    case 'order':
      return then(checkOrderTerms(network, message.body.order), () =>
        checkOrderWindow(message.body.order, now),
      )
    case 'orders':
      return checkAll(message.body.orders, ({ order }) => checkOrderTerms(network, order))
    case 'award':
      return then(checkAwardTerms(network, message.body.award), () =>
        checkAwardWindow(message.body.award, now),
      )
    case 'header':
      return then(checkHeaderTerms(network, message.body.header), () =>
        checkHeaderWindow(message.body.header, now),
      )
    case 'attestation':
      return checkAttestation(network, message.body, now)
    case 'evidence':
      return checkEvidence(network, message.body)
    case 'quote-request':
      return checkQuoteRequest(network, message.body, now)
    case 'quote':
      return checkQuote(network, message.body.quote, now)
    case 'bid':
      return checkBid(network, message.body.bid)
    case 'sealed-bid':
      return checkSealedBid(network, message.body.sealed)
    case 'bid-share':
      return then(checkSealedBid(network, message.body.sealed), () =>
        checkNotAhead(message.body.opensAfter, now, MAX_AHEAD_SECONDS),
      )
    case 'bid-shares':
      return checkAll(message.body.shares, ({ sealed }) => checkSealedBid(network, sealed))
    case 'solution':
      return checkSolution(network, message.body.solution)
    case 'transaction':
      return checkTransaction(network, message.body.transaction)
    case 'block-request':
      return checkBlockRequest(network, message.body)
    case 'blocks':
      return checkBlockRange(network, message.body)
    case 'order-request':
    case 'control':
    case 'control-reply':
    case 'receipt':
    case 'source-report':
    case 'share-request':
    case 'side-channel':
      return PASS
  }
}

/** Bids and quotes come from their author's own connection: a bad signature there is no relay's oversight. */
function forgerySeverity({ type }: Message): Severity {
  return type === 'bid' ||
    type === 'sealed-bid' ||
    type === 'bid-share' ||
    type === 'solution' ||
    type === 'quote'
    ? 'fatal'
    : 'low'
}

function then(first: DoorResult, next: () => DoorResult): DoorResult {
  return first.ok ? next() : first
}

function checkAll<T>(items: readonly T[], check: (item: T) => DoorResult): DoorResult {
  for (const item of items) {
    const result = check(item)
    if (!result.ok) return result
  }
  return PASS
}
