// What bounds the loss of a bridge whose word turns out to be worth nothing: a limiter and a cap on withdrawals.
import type { Address, ChainId } from '@solvent/primitives'

/**
 * Limits on the value of transfers by the chain they come from, with the rules of Wormhole's Governor (whitepaper 0007). The
 * Governor counts at the guardians what leaves a chain; this one counts in the contract what arrives there, as Chainlink
 * CCIP's inbound limits per lane do, so that it also bounds messages that no honest verifier has seen.
 */
export interface TransferLimiter {
  /** What arrived within this many seconds counts. */
  readonly windowSeconds: number
  /** How long a transfer waits that is too large by itself, or does not fit. */
  readonly delaySeconds: number
  /** Source chains with limits, in the numeraire with eight decimals; transfers of other chains are not limited. */
  readonly chains: readonly ChainLimit[]
  /** Tokens that count, by the chain of arrival; others are not tracked. */
  readonly tokens: readonly TrackedToken[]
  /** Corridors on which a transfer that is not large lowers what its destination has used up. */
  readonly flowCancel: readonly FlowCorridor[]
  /** Verifiers of the current set that may release a queued transfer at once (Wormhole: 13 of 19). */
  readonly forceRelease: number
  /** Verifiers of the current set that may delete one (Wormhole: 7 of 19). */
  readonly censor: number
}

export interface ChainLimit {
  readonly chainId: ChainId
  /** A transfer of this value or more waits, and does not count. */
  readonly singleE8: bigint
  /** What may arrive within the window. */
  readonly windowE8: bigint
}

export interface TrackedToken {
  readonly chainId: ChainId
  readonly token: Address
  /** The price is the greater of the two. */
  readonly floorE8: bigint
  /** As of genesis; the guardian updates it. */
  readonly dynamicE8: bigint
}

export interface FlowCorridor {
  readonly symbol: string
  readonly from: ChainId
  readonly to: ChainId
}

/**
 * A limit on what leaves a chain for another, where the limiter above counts what arrives: a bucket that starts full, refills
 * at a rate and refuses what it does not hold, with the rules of Chainlink CCIP's token pools (RateLimiter.sol, outbound).
 */
export interface DepartureLimit {
  readonly chainId: ChainId
  readonly token: Address
  readonly dstChainId: ChainId
  /** Base units of the token: what may leave at once after a rest. */
  readonly capacity: bigint
  readonly refillPerSecond: bigint
}

/**
 * Limits that verifiers keep before they sign, by the chain that a transfer leaves and for all its destinations together:
 * Wormhole's Governor itself. What is too large, or does not fit, waits with each verifier. Nothing of it is on any chain.
 */
export type TransferGovernor = Pick<
  TransferLimiter,
  'windowSeconds' | 'delaySeconds' | 'chains' | 'flowCancel'
> & { readonly tokens: readonly GovernedToken[] }

export interface GovernedToken extends TrackedToken {
  /** Whose answer is its dynamic price, the one of genesis until there is another; none: it stays that of genesis. */
  readonly source?: GovernorPriceSource
}

/** A feed on a chain that verifiers follow. */
export interface GovernorPriceSource {
  readonly chainId: ChainId
  readonly oracle: Address
  /** An older answer counts for nothing. */
  readonly maxAgeSeconds: number
}

/** The most that one transfer may take out of the lock, in base units of the home token (Ronin since 2022). */
export interface WithdrawalCap {
  readonly symbol: string
  readonly amount: bigint
}

/** Its verifiers attest no transfer that would make a chain's balance negative (Wormhole, whitepaper 0011). */
export interface TransferAccountant {
  /** What far chains hold at genesis, base units of the wrapped token. */
  readonly balances: readonly {
    readonly chainId: ChainId
    readonly token: Address
    readonly amount: bigint
  }[]
}
