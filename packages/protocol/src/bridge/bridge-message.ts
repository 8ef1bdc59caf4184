// What a bridge carries from chain to chain: transfers of a wrapped asset, proofs of fills, and calls of contracts.
import type { Address, ChainId, Hash32, OrderId } from '@solvent/primitives'

/** A message is named by its key (bridge, srcChainId, emitter, sequence); its digest binds all fields (S-5). */
export interface BridgeMessage {
  readonly bridge: Address
  readonly srcChainId: ChainId
  /** Who sent it: the bridge itself (transfers), the destination settler (fill proofs), or anybody (calls). */
  readonly emitter: Address
  /** 0, 1, 2, … per (bridge, srcChainId, emitter). */
  readonly sequence: number
  readonly dstChainId: ChainId
  readonly payload: BridgePayload
}

export type BridgePayload =
  | {
      readonly kind: 'transfer'
      /** The token on the destination chain that is minted (away from home) or released (at home). */
      readonly token: Address
      /** Base units of the destination token, after truncation to the bridge's shared decimals. */
      readonly amount: bigint
      readonly recipient: Address
    }
  | {
      readonly kind: 'fill-proof'
      readonly orderId: OrderId
      /** Who is paid on the origin chain. */
      readonly payee: Address
      readonly outputToken: Address
      readonly outputAmount: bigint
      readonly recipient: Address
      /** Chain time of the fill, Unix seconds. */
      readonly filledAt: number
    }
  /** A call of a contract, by whoever sent the message: the target is to believe these verifiers from now on. */
  | {
      readonly kind: 'set-verifiers'
      readonly target: Address
      readonly verifiers: readonly Address[]
      readonly threshold: number
    }

/** `${bridge}/${srcChainId}/${emitter}/${sequence}` */
export type MessageKey = string & { readonly MessageKey: unique symbol }

/** EIP-712 struct that a verifier signs, in the domain of the bridge on the destination chain. */
export interface Attestation {
  readonly bridge: Address
  readonly srcChainId: ChainId
  readonly emitter: Address
  readonly sequence: number
  readonly dstChainId: ChainId
  /** BLAKE3 of the packed bytes of the payload. */
  readonly payloadHash: Hash32
  /** Index of the verifier set that signs; old sets are refused after their grace period. */
  readonly setIndex: number
}
