// What a transaction did, as typed events in its receipt. Solvers, bridges and watchers learn of the world
// from these and from nothing else.
import type { Address, ChainId, Hash32, OrderId } from '@solvent/primitives'
import type { BridgeMessage } from '../bridge/bridge-message.ts'
import type { Order } from '../order/order.ts'
import type { Signature } from '../signature.ts'
import type { PauseAuthority } from './call.ts'

export type ChainEvent =
  | {
      readonly kind: 'order-opened'
      readonly orderId: OrderId
      readonly order: Order
      readonly signature: Signature
      readonly opener: Address
      /** Who alone may fill until `exclusiveUntil`; the zero address for anyone. */
      readonly exclusiveSolver: Address
      readonly exclusiveUntil: number
      /** The least a fill by the exclusive solver would have to deliver now: awarded amount or the order's price. */
      readonly requiredAmount: bigint
    }
  | { readonly kind: 'order-cancelled'; readonly orderId: OrderId }
  | {
      readonly kind: 'order-filled'
      readonly orderId: OrderId
      readonly order: Order
      readonly solver: Address
      readonly payee: Address
      readonly outputAmount: bigint
      readonly exclusiveSolver: Address
      readonly exclusiveUntil: number
      /** The least that this fill had to deliver at its time, by award or by price, decay and override included. */
      readonly requiredAmount: bigint
    }
  | {
      readonly kind: 'fill-proven'
      readonly orderId: OrderId
      readonly payee: Address
      readonly outputAmount: bigint
      readonly filledAt: number
    }
  | {
      readonly kind: 'order-claimed'
      readonly orderId: OrderId
      readonly payee: Address
      readonly token: Address
      readonly amount: bigint
    }
  | {
      readonly kind: 'order-refunded'
      readonly orderId: OrderId
      readonly user: Address
      readonly token: Address
      readonly amount: bigint
    }
  | { readonly kind: 'nonce-used'; readonly user: Address; readonly nonce: bigint; readonly orderId: OrderId }
  | { readonly kind: 'message-sent'; readonly message: BridgeMessage; readonly digest: Hash32 }
  | {
      readonly kind: 'message-delivered'
      readonly message: BridgeMessage
      readonly digest: Hash32
      readonly setIndex: number
      readonly signers: readonly Address[]
    }
  | {
      readonly kind: 'message-conflict'
      readonly message: BridgeMessage
      readonly digest: Hash32
      readonly known: Hash32
    }
  | {
      readonly kind: 'bridge-transfer'
      readonly bridge: Address
      readonly step: 'locked' | 'burned' | 'minted' | 'released'
      readonly token: Address
      readonly amount: bigint
      readonly message: Hash32
    }
  | {
      readonly kind: 'bridge-paused'
      readonly bridge: Address
      readonly authority: PauseAuthority
      readonly until: number
    }
  | { readonly kind: 'bridge-unpaused'; readonly bridge: Address; readonly authority: PauseAuthority }
  | {
      readonly kind: 'batch-posted'
      readonly rollup: ChainId
      readonly fromBlock: number
      readonly toBlock: number
      readonly tip: Hash32
    }
  | {
      readonly kind: 'root-posted'
      readonly rollup: ChainId
      readonly block: number
      readonly stateRoot: Hash32
    }
  | {
      readonly kind: 'proof-posted'
      readonly rollup: ChainId
      readonly block: number
      readonly stateRoot: Hash32
    }

export type ChainEventKind = ChainEvent['kind']
