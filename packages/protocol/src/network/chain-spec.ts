// A chain as every node knows it: its slots, its producers, its fees and what makes its blocks firm.
import type { Address, ChainId } from '@solvent/primitives'
import type { PreconfirmationTerms } from '../preconfirmation/preconfirmation.ts'
import type { ContractFlaw } from '../upgrade/contract-flaw.ts'
import type { BlobMarket } from './blob-market.ts'
import type { FeeMarket } from './fee-market.ts'
import type { Party } from './party.ts'
import type { ValidatorSet } from './validator-set.ts'

export interface ChainSpec {
  readonly chainId: ChainId
  readonly name: string
  readonly slotMs: number
  readonly producers: readonly Party[]
  /** The escrow contract, same role on origin and destination. */
  readonly settler: Address
  readonly gasLimit: number
  /** Wei per gas in the genesis block; without a fee market in every block. */
  readonly baseFee: bigint
  /** Absent: the base fee is constant and nobody else uses the chain. */
  readonly feeMarket?: FeeMarket
  /** An L1's; absent: batches of its rollups are ordinary calls. */
  readonly blobMarket?: BlobMarket
  /** A rollup's: when its batches wait for cheaper blobs; absent: never. */
  readonly batchPolicy?: BatchPolicy
  /** Its producers promise inclusion under bond; absent: they promise nothing. */
  readonly preconfirmations?: PreconfirmationTerms
  readonly consensus: Consensus
  /** What a rollup's contract on its L1 leaves out from genesis; none by default. */
  readonly flaws?: readonly ContractFlaw[]
}

export interface BatchPolicy {
  /** Wei per blob gas on the L1 above which batches wait. */
  readonly maxBlobBaseFee: bigint
  /** A batch is posted at any price when its oldest block is this old. */
  readonly maxDelayMs: number
}

export type Consensus =
  /**
   * An epoch is justified by the votes of two thirds of the stake, which blocks of the next epoch carry, and final with
   * `finalityEpochs` justified epochs in a row (Casper FFG; Ethereum: 2).
   */
  | {
      readonly kind: 'l1'
      readonly epochSlots: number
      readonly finalityEpochs: number
      /** Absent: one group at each producer, all of the same size (`validatorsOf`). */
      readonly validators?: ValidatorSet
    }
  /** Safe when batched on the L1, finalised when that L1 block is, exitable when a root is `challengeWindowMs` old. */
  | OptimisticConsensus
  /** Safe when batched, finalised when a validity proof is in a finalised L1 block, exitable `executionDelayMs` later. */
  | ZkConsensus

/** What the contracts of every rollup on its L1 go by. */
interface RollupContracts {
  readonly l1: ChainId
  readonly batchIntervalMs: number
  /** A slot that no batch holds this long after it began stays empty for ever (OP Stack: 3600 L1 blocks, 12 h). */
  readonly sequencingWindowMs: number
  /** A forced transaction is in the rollup's chain at the latest this long after the L1 took it, with a delay buffer once somebody calls. */
  readonly forcedDelayMs: number
  /** Somebody has to call for what has waited so long, and may sooner when forced transactions have been kept waiting before. */
  readonly delayBuffer?: DelayBufferSpec
}

/** Arbitrum's delay buffer (BoLD). */
export interface DelayBufferSpec {
  /** A delay up to this is none; the buffer is never less. */
  readonly thresholdSeconds: number
  readonly maxSeconds: number
  /** How much of the time that passes is added to it. */
  readonly replenishBps: number
}

export interface OptimisticConsensus extends RollupContracts {
  readonly kind: 'optimistic'
  readonly rootIntervalMs: number
  readonly challengeWindowMs: number
  /** Who may propose a root: the rollup's producers, or anyone who puts up the bond. */
  readonly proposers: 'producers' | 'anyone'
  /** What each proposal puts up, wei; a disproved one loses it to challenger and BURN, half each. */
  readonly rootBond: bigint
  /** The nodes that compare roots with the chain. Anyone may challenge; these do. */
  readonly challengers: readonly Challenger[]
}

export interface Challenger extends Party {
  /** How long it takes from knowing a root to be wrong to its challenge. */
  readonly delayMs: number
}

export interface ZkConsensus extends RollupContracts {
  readonly kind: 'zk'
  readonly proofIntervalMs: number
  /** From batch to the proof being ready. */
  readonly provingMs: number
  /** From the proof to exits (ZKsync: about 3 h). */
  readonly executionDelayMs: number
  /** Who makes the proofs, and what each costs the producer beyond gas, wei. */
  readonly prover: Address
  readonly proverFee: bigint
}
