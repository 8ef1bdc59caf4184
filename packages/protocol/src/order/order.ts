// The order: one superset of the deployed intent formats. What a user signs is the ERC-7683
// GaslessCrossChainOrder of the draft of January 2025; the fields below that the draft does not name
// travel in its `orderData` (see order-data.ts). Times are Unix seconds (uint32), amounts base units.
import type { Address, ChainId } from '@solvent/primitives'
import type { Signature } from '../signature.ts'
import type { AuctionRule } from './auction-rule.ts'
import type { BlockCurve } from './block-curve.ts'
import type { PriorityFee } from './priority-fee.ts'

/** A user's signed outcome: give `input` on the origin chain, receive `output` on another. */
export interface Order {
  readonly originChainId: ChainId
  readonly originSettler: Address
  readonly user: Address
  /** Unordered nonce: each value is used once per (user, settler, chain); cancelling uses it too. */
  readonly nonce: bigint
  /** The escrow may be opened while now <= openDeadline. */
  readonly openDeadline: number
  /** A fill is valid while now <= fillDeadline. */
  readonly fillDeadline: number
  /** The escrow is refundable when now > expires (strict); fillDeadline <= expires. */
  readonly expires: number
  readonly input: OrderInput
  readonly output: OrderOutput
  /** The bridge whose verifiers must prove the fill on the origin chain. */
  readonly prover: Address
  readonly pricing: Pricing
  readonly award: AwardRule
}

export interface OrderInput {
  readonly token: Address
  readonly amount: bigint
}

export interface OrderOutput {
  readonly chainId: ChainId
  readonly settler: Address
  readonly token: Address
  /** The least the recipient accepts. */
  readonly minAmount: bigint
  readonly recipient: Address
}

/**
 * How the required output moves: not at all, down from `startAmount` to `output.minAmount` over time or along a curve of the destination's
 * blocks, or up with the fill's priority fee.
 */
export type Pricing =
  | { readonly rule: 'limit' }
  | {
      readonly rule: 'dutch'
      readonly startAmount: bigint
      readonly decayStart: number
      readonly decayEnd: number
    }
  | ({ readonly rule: 'block-dutch' } & BlockCurve)
  | ({ readonly rule: 'priority-fee' } & PriorityFee)

/** Who chooses the solver: the user (by naming it), the chain (first valid fill), an auctioneer, or solvers that each take a part. */
export type AwardRule =
  | {
      readonly by: 'user'
      readonly solver: Address
      /** Others are barred, or pay `overrideBps` more, while now <= exclusiveUntil. */
      readonly exclusiveUntil: number
      readonly overrideBps: number
    }
  | { readonly by: 'chain' }
  /** Never opened whole: solvers open parts of it, see order-part.ts. */
  | {
      readonly by: 'parts'
      /** The least part of the input that may be taken, basis points, rounded up; the last part takes what is left. */
      readonly leastPartBps: number
      /** Whoever took a part fills it alone while now <= exclusiveUntil; afterwards anyone may. */
      readonly exclusiveUntil: number
    }
  | {
      readonly by: 'auctioneer'
      readonly auctioneer: Address
      readonly rule: AuctionRule
      /** Bids count while now <= closesAt; sealed-encrypted ones are opened after it. */
      readonly closesAt: number
      /** The winner alone may open and fill while now <= exclusiveUntil. */
      readonly exclusiveUntil: number
    }

export interface SignedOrder {
  readonly order: Order
  readonly signature: Signature
}
