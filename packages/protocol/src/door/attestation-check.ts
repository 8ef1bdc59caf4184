// Attestations at the door: of a known bridge, by one of its verifiers, over the message they carry.
import type { Address } from '@solvent/primitives'
import { payloadHash } from '../bridge/message-identity.ts'
import type { SignedAttestation } from '../bridge/signed-attestation.ts'
import { allVerifiers } from '../bridge/verifier-set.ts'
import type { Verification } from '../network/bridge-spec.ts'
import { type DoorResult, PASS, reject } from './door-result.ts'
import type { NetworkIndex } from './network-index.ts'
import { checkNotPast } from './window.ts'

/** Set, authority and binding; `now` (seconds) tells whether a retired set still counts, null asks for no time. */
export function checkAttestation(
  network: NetworkIndex,
  signed: SignedAttestation,
  now: number | null,
): DoorResult {
  const { attestation, message, verifier } = signed
  const bridge = network.bridges.get(attestation.bridge)
  if (bridge === undefined) return reject('unknown-bridge')
  if (!network.chains.has(attestation.srcChainId) || !network.chains.has(attestation.dstChainId))
    return reject('wrong-chain')
  const set = findSet(bridge.verification, attestation.setIndex)
  if (set === undefined) return reject('set-expired')
  if (now !== null && set.validUntil !== null) {
    const inTime = checkNotPast(set.validUntil, now)
    if (!inTime.ok) return { ...inTime, reason: 'set-expired' }
  }
  if (!set.verifiers.includes(verifier)) return reject('not-a-verifier')
  const bound =
    attestation.bridge === message.bridge &&
    attestation.srcChainId === message.srcChainId &&
    attestation.emitter === message.emitter &&
    attestation.sequence === message.sequence &&
    attestation.dstChainId === message.dstChainId &&
    attestation.payloadHash === payloadHash(message.payload)
  return bound ? PASS : reject('invalid-attestation')
}

interface VerifierSet {
  readonly verifiers: readonly Address[]
  /** Unix seconds, null for the current set. */
  readonly validUntil: number | null
}

function findSet(verification: Verification, setIndex: number): VerifierSet | undefined {
  if (verification.kind !== 'quorum') return undefined
  if (setIndex === verification.setIndex) {
    return { verifiers: verification.verifiers.map(({ address }) => address), validUntil: null }
  }
  // Who is in a set to come only blocks can say: at the door it is anybody who verifies for this bridge.
  if (setIndex > verification.setIndex)
    return { verifiers: allVerifiers(verification).map(({ address }) => address), validUntil: null }
  return verification.retiredSets?.find((retired) => retired.setIndex === setIndex)
}
