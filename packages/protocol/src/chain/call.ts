// What a transaction asks a chain to do: one kind for each entry point of the settlement contracts.
import type { Address, ChainId, Hash32, OrderId } from '@solvent/primitives'
import type { SignedAward } from '../auction/award.ts'
import type { BridgeMessage } from '../bridge/bridge-message.ts'
import type { VerifierSignature } from '../bridge/signed-attestation.ts'
import type { Order } from '../order/order.ts'
import type { Signature } from '../signature.ts'

export type Call =
  /** Moves `amount` of `token` (zero address: the gas token) from the sender. */
  | { readonly kind: 'transfer'; readonly token: Address; readonly to: Address; readonly amount: bigint }
  /** Origin settler: pulls the user's input into escrow on the user's signature (gasless openFor). */
  | {
      readonly kind: 'open'
      readonly order: Order
      readonly signature: Signature
      readonly award: SignedAward | null
    }
  /**
   * Origin settler: the user gives an order up. Not yet open: its nonce is used and it can never be opened. Open: only
   * when now > expires, because until then the proof of a fill may be on its way; refundable at once.
   */
  | { readonly kind: 'cancel'; readonly order: Order }
  /** Destination settler: delivers `amount` to the order's recipient from the sender; `payee` is paid on the origin. */
  | {
      readonly kind: 'fill'
      readonly order: Order
      readonly award: SignedAward | null
      readonly amount: bigint
      readonly payee: Address
    }
  /** Bridge: hands in a message with enough verifier signatures (mints, releases, or proves a fill). */
  | {
      readonly kind: 'deliver'
      readonly message: BridgeMessage
      readonly setIndex: number
      readonly signatures: readonly VerifierSignature[]
    }
  /** Origin settler: pays a proven order's escrow to the payee. Anyone may call it. */
  | { readonly kind: 'claim'; readonly orderId: OrderId }
  /** Origin settler: returns the escrow to the user when refundable. Anyone may call it. */
  | { readonly kind: 'refund'; readonly orderId: OrderId }
  /** Bridge: locks (at home) or burns (away) `amount` of `token` and sends a transfer message. */
  | {
      readonly kind: 'bridge-out'
      readonly bridge: Address
      readonly token: Address
      readonly amount: bigint
      readonly dstChainId: ChainId
      readonly recipient: Address
    }
  /** Bridge: stops mint, release and proof delivery. `guardian` outranks `issuer` (B-7). `until` 0: open end. */
  | {
      readonly kind: 'pause'
      readonly bridge: Address
      readonly authority: PauseAuthority
      readonly until: number
    }
  | { readonly kind: 'unpause'; readonly bridge: Address; readonly authority: PauseAuthority }
  /** Rollup inbox on the L1: the rollup's blocks up to `toBlock` are available and ordered. */
  | {
      readonly kind: 'post-batch'
      readonly rollup: ChainId
      readonly fromBlock: number
      readonly toBlock: number
      /** Hash of the header of `toBlock` (or of the newest block at or below it). */
      readonly tip: Hash32
    }
  /** Rollup contract on the L1: proposes a state root (optimistic: the challenge window starts). */
  | {
      readonly kind: 'post-root'
      readonly rollup: ChainId
      readonly block: number
      readonly stateRoot: Hash32
    }
  /** Rollup contract on the L1: a validity proof up to `block` (zk). */
  | {
      readonly kind: 'post-proof'
      readonly rollup: ChainId
      readonly block: number
      readonly stateRoot: Hash32
    }

export type PauseAuthority = 'issuer' | 'guardian'
export type CallKind = Call['kind']
