// Evidence at the door: two commitments of one signer for one slot that differ, which verifies offline, at any time; or a member's word that it was
// asked for shares too early.
import { EARLY_TOLERANCE_SECONDS, type EarlyOpening } from '../auction/early-opening.ts'
import { messageKey } from '../bridge/message-identity.ts'
import { awardDigest } from '../eip712/award-digest.ts'
import { headerDigest } from '../eip712/header-digest.ts'
import type { Evidence } from '../wire/message.ts'
import { checkAttestation } from './attestation-check.ts'
import { checkAwardTerms } from './auction-check.ts'
import { checkHeaderTerms } from './chain-check.ts'
import { type DoorResult, PASS, reject } from './door-result.ts'
import type { NetworkIndex } from './network-index.ts'

export function checkEvidence(network: NetworkIndex, evidence: Evidence): DoorResult {
  if (evidence.kind === 'early-opening') return checkEarlyOpening(network, evidence.opening)
  const terms = bothStand(network, evidence)
  if (!terms.ok) return terms
  return isConflict(evidence) ? PASS : reject('no-conflict')
}

type Conflict = Exclude<Evidence, { kind: 'early-opening' }>

function bothStand(network: NetworkIndex, evidence: Conflict): DoorResult {
  switch (evidence.kind) {
    case 'conflicting-awards':
      return firstRefusal(
        checkAwardTerms(network, evidence.first.award),
        checkAwardTerms(network, evidence.second.award),
      )
    case 'conflicting-headers':
      return firstRefusal(
        checkHeaderTerms(network, evidence.first.header),
        checkHeaderTerms(network, evidence.second.header),
      )
    case 'conflicting-attestations':
      return firstRefusal(
        checkAttestation(network, evidence.first, null),
        checkAttestation(network, evidence.second, null),
      )
  }
}

/** One slot (order, height, message key), one signer, two contents. */
function isConflict(evidence: Conflict): boolean {
  switch (evidence.kind) {
    case 'conflicting-awards': {
      const { award: first } = evidence.first
      const { award: second } = evidence.second
      if (first.orderId !== second.orderId || first.auctioneer !== second.auctioneer) return false
      return awardDigest(first) !== awardDigest(second)
    }
    case 'conflicting-headers': {
      const { header: first } = evidence.first
      const { header: second } = evidence.second
      if (first.chainId !== second.chainId || first.number !== second.number) return false
      return first.producer === second.producer && headerDigest(first) !== headerDigest(second)
    }
    case 'conflicting-attestations': {
      const { first, second } = evidence
      if (first.verifier !== second.verifier || messageKey(first.message) !== messageKey(second.message))
        return false
      const { attestation: one } = first
      const { attestation: other } = second
      return one.dstChainId !== other.dstChainId || one.payloadHash !== other.payloadHash
    }
  }
}

/** A member of the committee testifies against another auctioneer, of an order whose bidding was not over. */
function checkEarlyOpening(network: NetworkIndex, opening: EarlyOpening): DoorResult {
  const { auctioneer, witness, askedAt, closesAt } = opening
  if (!network.auctioneers.has(auctioneer)) return reject('unknown-auctioneer')
  const isTestimony = network.sealCommittee.has(witness) && witness !== auctioneer
  return isTestimony && askedAt + EARLY_TOLERANCE_SECONDS <= closesAt ? PASS : reject('no-conflict')
}

function firstRefusal(first: DoorResult, second: DoorResult): DoorResult {
  return first.ok ? second : first
}
