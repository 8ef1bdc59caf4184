// What an actor does, as plain data: one transaction a step, at its time and after what it waits for. A later step names
// an earlier one by its label, since what a transaction leads to (a message's sequence, a proof) is known only then.
import type { Address, ChainId, NodeId } from '@solvent/primitives'
import type {
  BridgeMessage,
  Call,
  ChainEventKind,
  FalseFill,
  FinalityLevel,
  Genesis,
  MarketSpec,
  NetworkSpec,
  Party,
  TransferCall,
} from '@solvent/protocol'
import type { KeyOwner, KeyRoot } from '../parts/derived-key.ts'
import type { StolenKeys } from './stolen-keys.ts'

export interface ActorInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  /** In the order of the scenario; labels are distinct. */
  readonly steps: readonly ActorStep[]
  /** Markets that it provides for, and what there is at the start; absent: none. */
  readonly provides?: { readonly markets: readonly MarketSpec[]; readonly genesis: readonly Genesis[] }
  /** Markets at which it may be told to sell until a price has fallen, and what there is at the start; absent: none. */
  readonly sells?: { readonly markets: readonly MarketSpec[]; readonly genesis: readonly Genesis[] }
}

export interface ActorStep {
  readonly label: string
  /** Not before this moment, ms after genesis; null: when an operator calls for it, as often as that happens. */
  readonly atMs: number | null
  /** All of them hold before the step is due. */
  readonly waits: readonly StepWait[]
  /** Ms from the moment at which they hold. */
  readonly delayMs: number
  readonly chainId: ChainId
  readonly action: ActorAction
  /** Wei per gas on top of the base fee; null: the sender's default. */
  readonly priorityFeePerGas: bigint | null
  /** Null: what the call takes. */
  readonly gasLimit: number | null
  /** Nonces of the account that it leaves out. */
  readonly skipNonces: number
}

export type StepWait =
  /** The transaction of an earlier step is in a block at least this firm. */
  | { readonly kind: 'step'; readonly label: string; readonly level: FinalityLevel }
  /** The bridge message that an earlier step sent has been delivered. */
  | { readonly kind: 'delivered'; readonly label: string }
  /** A market of the chain has been at this price or beyond it. */
  | {
      readonly kind: 'price'
      readonly market: Address
      readonly side: 'below' | 'above'
      /** Base units of token1 for one of token0, times 2^96. */
      readonly priceX96: bigint
    }
  /** The chain has had this many events of a kind, in blocks at least this firm. */
  | {
      readonly kind: 'event'
      readonly chainId: ChainId
      readonly event: ChainEventKind
      readonly count: number
      readonly level: FinalityLevel
    }

export type ActorAction =
  | { readonly kind: 'call'; readonly call: Call }
  /** Hands in a message under the proof of the newest delivery of the bridge on the chain; waits until there was one. */
  | { readonly kind: 'deliver-stolen'; readonly bridge: Address; readonly message: BridgeMessage }
  /** Claims the first escrow that was proven for this account on the chain and not claimed yet; waits until there is one. */
  | { readonly kind: 'claim-proven'; readonly payee: Address }
  /**
   * Hands in a false claim of a fill that the actor signs with the keys of verifiers, once there is an order that it can be
   * told of.
   */
  | { readonly kind: 'deliver-false-fill'; readonly fill: FalseFill; readonly keys: StolenKeys }
  /**
   * Hands in a message that was never sent, signed for verifiers whose scheme is broken; waits until an operator says that it
   * is. The set is the newest that counts and can be signed for, or else the current one, which refuses.
   */
  | { readonly kind: 'deliver-broken'; readonly message: BridgeMessage; readonly keys: KeyRoot }
  /** Pays in the name of an account whose scheme is broken; waits until an operator says that its key in force is. */
  | {
      readonly kind: 'drain'
      readonly victim: Party
      /** Those to which the victim may rotate its account. */
      readonly successors: readonly KeyOwner[]
      readonly call: TransferCall
      readonly keys: KeyRoot
    }
  /** Puts another key in the place of the one that signs for its account on the chain. */
  | { readonly kind: 'rotate-key'; readonly key: KeyOwner; readonly keys: KeyRoot }
  /** Has what has waited too long in a rollup's delayed inbox read; waits until something has. */
  | { readonly kind: 'force-inclusion'; readonly rollup: ChainId }
  /** Hands in once more what was delivered for the message of an earlier step; waits until it was. */
  | { readonly kind: 'deliver-again'; readonly label: string }
