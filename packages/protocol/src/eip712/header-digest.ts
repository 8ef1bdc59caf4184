// What a producer signs when it makes a block; the digest is the block's hash.
import { type Hash32, keccak256, remembered } from '@solvent/primitives'
import type { BlockHeader } from '../chain/block-header.ts'
import type { BlockMarket } from '../chain/block-market.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex, putInteger, putUint256, WORD_BYTES } from './word.ts'

const marketTypeString =
  'BlockMarket(uint256 backgroundGas,uint256 demandPercent,uint256 demandUntil,uint256 blobGasUsed,' +
  'uint256 excessBlobGas,uint256 blobDemandPercent,uint256 blobDemandUntil)'

export const headerTypeString =
  'BlockHeader(uint256 chainId,uint256 number,uint256 emptyBefore,uint256 missedBefore,bytes32 parentHash,' +
  'uint32 timestamp,address producer,bytes32 transactionsHash,bytes32 receiptsHash,bytes32 stateRoot,bytes32 outboxRoot,' +
  'uint256 transactionCount,uint256 gasUsed,uint256 baseFee,BlockMarket market,uint32 votes,' +
  'int256 justified,int256 finalized)' +
  marketTypeString

const struct = structBuffer(headerTypeString, 18)

/** EIP-712 digest of a header, in the domain of its chain: the block hash. Remembered for a while. */
export const headerDigest: (header: BlockHeader) => Hash32 = remembered((header: BlockHeader) => {
  putInteger(struct, 1, header.chainId)
  putInteger(struct, 2, header.number)
  putInteger(struct, 3, header.emptyBefore)
  putInteger(struct, 4, header.missedBefore)
  putHex(struct, 5, header.parentHash)
  putInteger(struct, 6, header.timestamp)
  putHex(struct, 7, header.producer)
  putHex(struct, 8, header.transactionsHash)
  putHex(struct, 9, header.receiptsHash)
  putHex(struct, 10, header.stateRoot)
  putHex(struct, 11, header.outboxRoot)
  putInteger(struct, 12, header.transactionCount)
  putInteger(struct, 13, header.gasUsed)
  putUint256(struct, 14, header.baseFee)
  struct.set(marketHash(header.market), 15 * WORD_BYTES)
  putInteger(struct, 16, header.votes)
  putInteger(struct, 17, header.justified)
  putInteger(struct, 18, header.finalized)
  return typedDigest(domainSeparator(domainNames.chain, header.chainId, null), struct)
})

const market = structBuffer(marketTypeString, 7)

/** The nested struct's hash; calm markets are one object, so it is mostly remembered. */
const marketHash: (market: BlockMarket) => Uint8Array = remembered((value: BlockMarket) => {
  putInteger(market, 1, value.backgroundGas)
  putInteger(market, 2, value.demandPercent)
  putInteger(market, 3, value.demandUntil)
  putInteger(market, 4, value.blobGasUsed)
  putInteger(market, 5, value.excessBlobGas)
  putInteger(market, 6, value.blobDemandPercent)
  putInteger(market, 7, value.blobDemandUntil)
  return keccak256(market)
})
