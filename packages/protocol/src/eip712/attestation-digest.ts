// What a bridge verifier signs, good for one bridge on one destination chain.
import { type Hash32, remembered } from '@solvent/primitives'
import type { Attestation } from '../bridge/bridge-message.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex, putInteger } from './word.ts'

export const attestationTypeString =
  'Attestation(address bridge,uint256 srcChainId,address emitter,uint256 sequence,uint256 dstChainId,' +
  'bytes32 payloadHash,uint256 setIndex)'

const struct = structBuffer(attestationTypeString, 7)

/** EIP-712 digest of an attestation, in the domain of the bridge on the destination chain. Remembered for a while. */
export const attestationDigest: (attestation: Attestation) => Hash32 = remembered(
  (attestation: Attestation) => {
    putHex(struct, 1, attestation.bridge)
    putInteger(struct, 2, attestation.srcChainId)
    putHex(struct, 3, attestation.emitter)
    putInteger(struct, 4, attestation.sequence)
    putInteger(struct, 5, attestation.dstChainId)
    putHex(struct, 6, attestation.payloadHash)
    putInteger(struct, 7, attestation.setIndex)
    return typedDigest(
      domainSeparator(domainNames.bridge, attestation.dstChainId, attestation.bridge),
      struct,
    )
  },
)
