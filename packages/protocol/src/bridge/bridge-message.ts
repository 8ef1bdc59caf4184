// What a bridge carries from chain to chain: transfers of a wrapped asset, and proofs of fills.
import type { Address, ChainId, Hash32, OrderId } from '@solvent/primitives'

/** A message is named by its key (bridge, srcChainId, emitter, sequence); its digest binds all fields (S-5). */
export interface BridgeMessage {
  readonly bridge: Address
  readonly srcChainId: ChainId
  /** The contract that sent it: the bridge itself (transfers) or the destination settler (fill proofs). */
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

/** `${bridge}/${srcChainId}/${emitter}/${sequence}` */
export type MessageKey = string & { readonly MessageKey: unique symbol }

/** EIP-712 struct that a verifier signs, in the domain of the bridge on the destination chain. */
export interface Attestation {
  readonly bridge: Address
  readonly srcChainId: ChainId
  readonly emitter: Address
  readonly sequence: number
  readonly dstChainId: ChainId
  /** keccak256 of the canonical bytes of the payload. */
  readonly payloadHash: Hash32
  /** Index of the verifier set that signs; old sets are refused after their grace period. */
  readonly setIndex: number
}
