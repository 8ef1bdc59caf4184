// A bridge as every node knows it: what becomes of value that crosses (custody), why a message is believed on the
// other side (verification), and who acts.
import type { Address, ChainId } from '@solvent/primitives'
import type { ContractFlaw } from '../upgrade/contract-flaw.ts'
import type {
  DepartureLimit,
  TransferAccountant,
  TransferGovernor,
  TransferLimiter,
  WithdrawalCap,
} from './bridge-controls.ts'
import type { FinalityLevel } from './finality.ts'
import type { Party } from './party.ts'

export interface BridgeSpec {
  readonly name: string
  /** Its contract, at the same address on every chain. */
  readonly address: Address
  /** What becomes of value that crosses. */
  readonly custody: Custody
  /** Why a message is believed on the other side. */
  readonly verification: Verification
  /** How firm a message's block must be on its source chain before anyone vouches for it. */
  readonly finality: FinalityLevel
  readonly relayers: readonly Party[]
  readonly issuer: Party
  readonly guardian: Party
  readonly routes: readonly BridgeRoute[]
  /** Decimals that survive a crossing (Wormhole: 8); the rest is refunded to the sender (L-8). */
  readonly sharedDecimals: number
  /** Limits on what arrives, by value; none by default. */
  readonly limiter?: TransferLimiter
  /** Limits on what leaves, one for a lane at most; none by default. */
  readonly departureLimits?: readonly DepartureLimit[]
  /** Limits that its verifiers keep before they sign; none by default. */
  readonly governor?: TransferGovernor
  /** What verifiers hold against every chain; none by default. */
  readonly accountant?: TransferAccountant
  /** Caps on single releases at home, by asset; none by default. */
  readonly withdrawalCaps?: readonly WithdrawalCap[]
  /** Who bears a loss when holders redeem: who comes late (the default), or everyone in proportion. */
  readonly recovery?: 'first-come' | 'socialised'
  /** What its contract leaves out from genesis, on every chain; none by default. */
  readonly flaws?: readonly ContractFlaw[]
}

export type Custody =
  /** Locked on the asset's home chain, minted on the others. */
  | { readonly kind: 'lock-mint' }
  /**
   * Burned on one chain, minted on the other by the issuer's own contract: the same asset everywhere, no lock. Of each
   * mint the issuer keeps `feeBps` basis points, rounded up (CCTP's fast transfer: 1 to 14; standard: 0).
   */
  | { readonly kind: 'burn-mint'; readonly feeBps: number }
  /**
   * Cash of liquidity providers on every chain of the route: paid into one pool, paid out of the other, the same native
   * asset everywhere. A payout costs a fee by the pool's utilisation and waits in a queue when there is no cash.
   */
  | { readonly kind: 'pool'; readonly fee: FeeCurve }
  /**
   * Two escrows under one hash: who takes the one shows the preimage, and so lets the other be taken. No message crosses
   * and nothing is verified, so its verification is `none`.
   */
  | {
      readonly kind: 'hash-lock'
      readonly source: LockWindows
      readonly destination: LockWindows
      /** Wei of the gas token that the maker of a lock leaves for whoever ends it. */
      readonly safetyDeposit: bigint
    }

/** When what begins, in seconds from the block that made the lock; increasing. */
export interface LockWindows {
  /** The finality lock ends: the two parties may withdraw. */
  readonly withdrawAfter: number
  /** Anyone may. */
  readonly publicWithdrawAfter: number
  /** Nobody may any more; the two parties may cancel. */
  readonly cancelAfter: number
  /** Anyone may. */
  readonly publicCancelAfter: number
}

/** Yearly rates by utilisation, times 10^18: r0 at 0, r0 + r1 at the kink, r0 + r1 + r2 at 1; straight in between. */
export interface FeeCurve {
  /** 0 < kink < 1, times 10^18. */
  readonly kinkE18: bigint
  readonly r0E18: bigint
  readonly r1E18: bigint
  readonly r2E18: bigint
}

export type Verification =
  | QuorumVerification
  | OptimisticVerification
  | LightClientVerification
  | CanonicalVerification
  | NoVerification

/** Nothing is believed, because nothing is claimed: a hash-lock bridge. */
export interface NoVerification {
  readonly kind: 'none'
}

/**
 * Claims that stand unless somebody disputes them: bundles of messages under bond. With a cadence of its own this is
 * settlement by an optimistic oracle (Across: 7,200 s of liveness), without one optimistic messaging (Nomad: 30 min).
 */
export interface OptimisticVerification {
  readonly kind: 'optimistic'
  readonly proposers: readonly Party[]
  /** Who watches; anyone with a bond may dispute. */
  readonly disputers: readonly Party[]
  /** Decides disputes. */
  readonly arbiter: Party
  /** Wei of the destination chain's gas token, for a proposal and for a dispute. */
  readonly bond: bigint
  readonly livenessSeconds: number
  /** From a dispute to the moment from which the arbiter may rule. */
  readonly arbitrationSeconds: number
  /** 0: a bundle as soon as a message is firm. */
  readonly bundleIntervalSeconds: number
}

/**
 * No one vouches: the destination's contract follows the source chain's headers (`submit-headers`), and a delivery proves
 * that the message is in the outbox of one that it takes for final.
 */
export interface LightClientVerification {
  readonly kind: 'light-client'
  readonly form: HeaderForm
  /** From the submission being possible to the proof being made; 0 where headers are handed in as they are. */
  readonly provingMs: number
  /** A client whose newest header is older than this takes nothing any more (IBC: trusting period). */
  readonly trustingPeriodMs: number
}

/**
 * The rollup's own bridge. To its L1 a message is proven under a root that the rollup's contract there holds for final:
 * after the challenge window, or the proof and its delay. From the L1 it is proven under headers of the L1 that the
 * rollup's contract has been given, as by a light client.
 */
export interface CanonicalVerification {
  readonly kind: 'canonical'
  readonly form: 'headers'
  readonly provingMs: 0
  readonly trustingPeriodMs: number
}

/** What follows another chain's headers. */
export type HeaderFollowing = LightClientVerification | CanonicalVerification

/** How headers are checked: one by one in the contract, or once, by a validity proof over all of them. */
export const headerForms = ['headers', 'zk'] as const
export type HeaderForm = (typeof headerForms)[number]

/** External verifiers: m of n sign. */
export interface QuorumVerification {
  readonly kind: 'quorum'
  readonly verifiers: readonly Party[]
  /** Signatures needed: 1 <= threshold <= verifiers.length. */
  readonly threshold: number
  readonly setIndex: number
  /** Verifiers of sets to come: they follow the chains, and sign once a rotation has put them into the set. */
  readonly standby?: readonly Party[]
  /** How long a set counts after another has taken its place, seconds; `SET_GRACE_SECONDS` by default. */
  readonly graceSeconds?: number
  /** Verifier sets of before, accepted on delivery while now <= validUntil (Unix seconds). */
  readonly retiredSets?: readonly {
    readonly setIndex: number
    readonly verifiers: readonly Address[]
    readonly threshold: number
    readonly validUntil: number
  }[]
}

/** One asset of a bridge. Lock-and-mint: locked at home, wrapped elsewhere; burn-and-mint: all its ends are alike. */
export interface BridgeRoute {
  readonly symbol: string
  readonly home: { readonly chainId: ChainId; readonly token: Address }
  readonly wrapped: readonly { readonly chainId: ChainId; readonly token: Address }[]
}
