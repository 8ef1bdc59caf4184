// What a producer signs when it promises a place in a block, in the domain of its chain.
import { type Hash32, remembered } from '@solvent/primitives'
import type { Preconfirmation } from '../preconfirmation/preconfirmation.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex, putInteger } from './word.ts'

export const preconfirmationTypeString =
  'Preconfirmation(uint256 chainId,address producer,bytes32 transactionHash,address sender,uint256 nonce,uint256 block)'

const struct = structBuffer(preconfirmationTypeString, 6)

/** EIP-712 digest of a promise. Remembered for a while. */
export const preconfirmationDigest: (promise: Preconfirmation) => Hash32 = remembered(
  (promise: Preconfirmation) => {
    putInteger(struct, 1, promise.chainId)
    putHex(struct, 2, promise.producer)
    putHex(struct, 3, promise.transactionHash)
    putHex(struct, 4, promise.sender)
    putInteger(struct, 5, promise.nonce)
    putInteger(struct, 6, promise.block)
    return typedDigest(domainSeparator(domainNames.chain, promise.chainId, null), struct)
  },
)
