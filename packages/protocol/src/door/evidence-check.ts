// Evidence at the door: two commitments of one signer for one slot that differ. It verifies offline, at any time.
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
  const terms = bothStand(network, evidence)
  if (!terms.ok) return terms
  return isConflict(evidence) ? PASS : reject('no-conflict')
}

function bothStand(network: NetworkIndex, evidence: Evidence): DoorResult {
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
function isConflict(evidence: Evidence): boolean {
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

function firstRefusal(first: DoorResult, second: DoorResult): DoorResult {
  return first.ok ? second : first
}
