// Random headers, promises of inclusion and outages.
import fc from 'fast-check'
import type { BlockHeader } from '../../chain/block-header.ts'
import type { BlockMarket } from '../../chain/block-market.ts'
import { outageModes, type SequencerOutage } from '../../network/outage.ts'
import { address, chainId, count, hash32, nodeId, signature, uint32, uint256 } from './scalars.ts'

const blockMarket: fc.Arbitrary<BlockMarket> = fc.record({
  backgroundGas: count,
  demandPercent: count,
  demandUntil: count,
  blobGasUsed: count,
  excessBlobGas: count,
  blobDemandPercent: count,
  blobDemandUntil: count,
})

export const header: fc.Arbitrary<BlockHeader> = fc.record({
  chainId,
  number: count,
  emptyBefore: count,
  missedBefore: count,
  parentHash: hash32,
  timestamp: uint32,
  producer: address,
  transactionsHash: hash32,
  receiptsHash: hash32,
  stateRoot: hash32,
  outboxRoot: hash32,
  transactionCount: count,
  gasUsed: count,
  baseFee: uint256,
  market: blockMarket,
  votes: uint32,
  justified: fc.oneof(fc.constant(-1), count),
  finalized: fc.oneof(fc.constant(-1), count),
})

export const preconfirmation = fc.record({
  chainId,
  producer: address,
  transactionHash: hash32,
  sender: address,
  nonce: count,
  block: count,
})

export const promise = fc.record({ preconfirmation, signature })

export const headerEvidence = fc.record({ header, signature })

export const signedHeader = fc.record({ header, signature })

export const outage: fc.Arbitrary<SequencerOutage> = fc.record({
  chainId,
  producer: nodeId,
  mode: fc.constantFrom(...outageModes),
  fromMs: count,
  untilMs: count,
})
