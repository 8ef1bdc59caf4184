// Second statements of a signer that contradict its first: what an honest node would never sign, with a signature that is good.
import { ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Award,
  attestationDigest,
  attestationOf,
  awardDigest,
  type BridgePayload,
  type DigestSigner,
  type SignedAttestation,
  type SignedAward,
} from '@solvent/protocol'

/** The same auction won by another of its bidders; null when there is no other. */
export function contradictingAward({ award }: SignedAward, signer: DigestSigner): SignedAward | null {
  const other = award.bids.findLast(({ solver }) => solver !== award.winner)
  if (other === undefined) return null
  return signedAward({ ...award, winner: other.solver, outputAmount: other.outputAmount }, signer)
}

/** The worst bid wins; with fewer than two, nobody. */
export function misrankedAward({ award }: SignedAward, signer: DigestSigner): SignedAward {
  const worst = award.bids.length < 2 ? undefined : award.bids.at(-1)
  const winner = worst?.solver ?? ZERO_ADDRESS
  return signedAward({ ...award, winner, outputAmount: worst?.outputAmount ?? 0n }, signer)
}

/** The same sequence with another content: a little more than was said first. */
export function contradictingAttestation(signed: SignedAttestation, signer: DigestSigner): SignedAttestation {
  const message = { ...signed.message, payload: alteredPayload(signed.message.payload) }
  const attestation = attestationOf(message, signed.attestation.setIndex)
  return { ...signed, message, attestation, signature: signer.sign(attestationDigest(attestation)) }
}

function alteredPayload(payload: BridgePayload): BridgePayload {
  switch (payload.kind) {
    case 'transfer':
      return { ...payload, amount: payload.amount + 1n }
    case 'fill-proof':
      return { ...payload, filledAt: payload.filledAt + 1 }
    case 'set-verifiers':
      return { ...payload, threshold: payload.threshold + 1 }
  }
}

function signedAward(award: Award, signer: DigestSigner): SignedAward {
  return { award, signature: signer.sign(awardDigest(award)) }
}
