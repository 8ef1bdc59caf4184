// A chain as every node knows it: its slots, its producers, its fees and what makes its blocks firm.
import type { Address, ChainId } from '@solvent/primitives'
import type { ContractFlaw } from '../upgrade/contract-flaw.ts'
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
  readonly consensus: Consensus
  /** What a rollup's contract on its L1 leaves out from genesis; none by default. */
  readonly flaws?: readonly ContractFlaw[]
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
  | {
      readonly kind: 'optimistic'
      readonly l1: ChainId
      readonly batchIntervalMs: number
      readonly rootIntervalMs: number
      readonly challengeWindowMs: number
    }
  /** Safe when batched, finalised and exitable when a validity proof is in a finalised L1 block. */
  | {
      readonly kind: 'zk'
      readonly l1: ChainId
      readonly batchIntervalMs: number
      readonly proofIntervalMs: number
      /** From batch to the proof being ready. */
      readonly provingMs: number
    }
