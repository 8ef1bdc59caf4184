// What a producer signs when it makes a block; the digest is the block's hash.
import { type Hash32, remembered } from '@solvent/primitives'
import type { BlockHeader } from '../chain/block.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex, putInteger, putUint256 } from './word.ts'

export const headerTypeString =
  'BlockHeader(uint256 chainId,uint256 number,uint256 emptyBefore,bytes32 parentHash,uint32 timestamp,address producer,' +
  'bytes32 transactionsHash,bytes32 receiptsHash,bytes32 stateRoot,bytes32 outboxRoot,uint256 transactionCount,' +
  'uint256 gasUsed,uint256 baseFee,int256 justified,int256 finalized)'

const struct = structBuffer(headerTypeString, 15)

/** EIP-712 digest of a header, in the domain of its chain: the block hash. Remembered for a while. */
export const headerDigest: (header: BlockHeader) => Hash32 = remembered((header: BlockHeader) => {
  putInteger(struct, 1, header.chainId)
  putInteger(struct, 2, header.number)
  putInteger(struct, 3, header.emptyBefore)
  putHex(struct, 4, header.parentHash)
  putInteger(struct, 5, header.timestamp)
  putHex(struct, 6, header.producer)
  putHex(struct, 7, header.transactionsHash)
  putHex(struct, 8, header.receiptsHash)
  putHex(struct, 9, header.stateRoot)
  putHex(struct, 10, header.outboxRoot)
  putInteger(struct, 11, header.transactionCount)
  putInteger(struct, 12, header.gasUsed)
  putUint256(struct, 13, header.baseFee)
  putInteger(struct, 14, header.justified)
  putInteger(struct, 15, header.finalized)
  return typedDigest(domainSeparator(domainNames.chain, header.chainId, null), struct)
})
