// A chain as every node knows it: its slots, its producers, its fees and what makes its blocks firm.
import type { Address, ChainId } from '@solvent/primitives'
import type { ContractFlaw } from '../upgrade/contract-flaw.ts'
import type { FeeMarket } from './fee-market.ts'
import type { Party } from './party.ts'

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
  /** Block n is justified at the first block of the epoch after its own, finalised `finalityEpochs` epochs after. */
  | { readonly kind: 'l1'; readonly epochSlots: number; readonly finalityEpochs: number }
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
