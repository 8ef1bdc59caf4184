// What every node of a network knows before it starts: chains, tokens, bridges and who may act. Plain data,
// produced by the scenario's assembly, identical on both runtimes.
import type { Address, ChainId, Hash32, NodeId } from '@solvent/primitives'
import type { SignatureScheme } from '../signature.ts'

export interface NetworkSpec {
  /** Binds every wire message to one network: hash of scenario and seed. */
  readonly networkId: Hash32
  /** Unix ms at which virtual time begins; also the timestamp of every genesis block. */
  readonly genesisMs: number
  readonly signatures: SignatureScheme
  readonly chains: readonly ChainSpec[]
  readonly tokens: readonly TokenSpec[]
  readonly bridges: readonly BridgeSpec[]
  readonly auctioneers: readonly Party[]
  readonly solvers: readonly Party[]
  /** Whose control messages nodes obey (`solvent fault`, `solvent status`). */
  readonly operators: readonly NodeId[]
}

/** A node and the account it signs with. */
export interface Party {
  readonly node: NodeId
  readonly address: Address
}

export interface ChainSpec {
  readonly chainId: ChainId
  readonly name: string
  readonly slotMs: number
  readonly producers: readonly Party[]
  /** The escrow contract, same role on origin and destination. */
  readonly settler: Address
  readonly gasLimit: number
  /** Wei per gas, constant in this model of the fee market. */
  readonly baseFee: bigint
  readonly consensus: Consensus
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

export interface TokenSpec {
  readonly chainId: ChainId
  /** The zero address is the chain's gas token. */
  readonly address: Address
  /** The asset's symbol; the same on every chain, wrapped or not. */
  readonly symbol: string
  readonly decimals: number
  /** The bridge that mints it here, or null where the asset is at home (or issued natively). */
  readonly wrappedBy: Address | null
}

export interface BridgeSpec {
  readonly name: string
  /** Its contract, at the same address on every chain. */
  readonly address: Address
  readonly kind: 'lock-mint'
  readonly verifiers: readonly Party[]
  /** Signatures needed: 1 <= threshold <= verifiers.length. */
  readonly threshold: number
  readonly setIndex: number
  /** Verifier sets of before, accepted on delivery while now <= validUntil (Unix seconds). */
  readonly retiredSets?: readonly {
    readonly setIndex: number
    readonly verifiers: readonly Address[]
    readonly threshold: number
    readonly validUntil: number
  }[]
  /** What a verifier waits for on the source chain before it signs. */
  readonly finality: FinalityLevel
  readonly relayers: readonly Party[]
  readonly issuer: Party
  readonly guardian: Party
  readonly routes: readonly BridgeRoute[]
  /** Decimals that survive a crossing (Wormhole: 8); the rest is refunded to the sender (L-8). */
  readonly sharedDecimals: number
}

/** One asset of a lock-and-mint bridge: locked on its home chain, minted on the others. */
export interface BridgeRoute {
  readonly symbol: string
  readonly home: { readonly chainId: ChainId; readonly token: Address }
  readonly wrapped: readonly { readonly chainId: ChainId; readonly token: Address }[]
}

/** How firm a block is: announced, derivable from the L1, irreversible, past its challenge window or proof. */
export const finalityLevels = ['unsafe', 'safe', 'finalized', 'exitable'] as const
export type FinalityLevel = (typeof finalityLevels)[number]
