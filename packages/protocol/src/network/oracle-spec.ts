// An oracle: a contract on one chain that tells a price to other contracts there. What it tells comes from reporters' transactions
// or from other contracts, never from the price book: a chain does not see the outside world. Prices are in the numeraire with
// eight decimals. Kinds: ../../../../docs/models/oracle.md.
import type { Address, ChainId } from '@solvent/primitives'
import type { StableSwapDesign } from '../market/market-spec.ts'
import type { Party } from './party.ts'

export interface OracleSpec {
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  /** Of whose price it tells, in the words of the price book. */
  readonly symbol: string
  readonly source: PriceSource
}

export type PriceSource = FeedSource | AverageSource | DerivedSource

/** Reporters post what they see; the answer is the median of the newest report of each. */
export interface FeedSource {
  readonly kind: 'feed'
  /** What they look at; left out: what the world outside pays. */
  readonly observes?: Observed
  /** One: a single source. */
  readonly reporters: readonly Party[]
  /** So many reports of one round make a new answer. */
  readonly quorum: number
  /** A reporter posts when this much time has passed … */
  readonly heartbeatSeconds: number
  /** … or when the price has moved by this much since the answer. */
  readonly deviationBps: number
  /** Answers below and above are cut to these (the aggregators' minAnswer and maxAnswer). */
  readonly minAnswerE8: bigint
  readonly maxAnswerE8: bigint
  /** The answer of round 0, as of genesis; null: none until reporters have posted. */
  readonly genesisE8: bigint | null
}

/** The average that a pair paid over a window: whoever pokes takes a reading, at least a window after the last (Uniswap v2, v3). */
export interface AverageSource {
  readonly kind: 'twap'
  /** A constant-product market of the chain, or one of concentrated liquidity. */
  readonly market: Address
  /** Which of its tokens the oracle is of. */
  readonly side: 'token0' | 'token1'
  /** The oracle of its other token. */
  readonly of: Address
  readonly decimals0: number
  readonly decimals1: number
  readonly windowSeconds: number
  /** The answer until there are two readings; null: none. */
  readonly genesisE8: bigint | null
}

export type Observed =
  /** Whether the chain's sequencer takes transactions: 1 or 0. */
  | { readonly kind: 'sequencer'; readonly silenceSeconds: number }
  /** What a market of the chain pays, its other token at the price outside. */
  | {
      readonly kind: 'market'
      readonly market: Address
      /** Which of the market's tokens the feed is of. */
      readonly side: 'token0' | 'token1'
      readonly otherSymbol: string
      readonly decimals0: number
      readonly decimals1: number
    }
  /** How sound a part of the network is, from blocks of the chains concerned. */
  | { readonly kind: 'soundness'; readonly measure: SoundnessMeasure }

/** Shares from 0 to 1, one while nothing is wrong: what contracts that pay on systemic stress are written against. */
export type SoundnessMeasure =
  /** Of the claims on a bridge's assets, the least share that is covered. */
  | { readonly of: 'backing'; readonly bridge: Address }
  /** Of the claims on lending pools, by value, what is not lost in bad debt. */
  | { readonly of: 'solvency'; readonly pools: readonly Address[] }
  /** Of all who have borrowed from lending pools, those who have left no bad debt. */
  | { readonly of: 'standing'; readonly pools: readonly Address[] }

/** Answers that follow from other contracts. */
export type DerivedSource =
  /** What another oracle said an hour ago: a poke makes the queued value current and queues the newest (Maker's OSM). */
  | { readonly kind: 'delayed'; readonly of: Address; readonly hopSeconds: number }
  /** What another oracle says, for a coin that is supposed to be the same: a wrapped one. */
  | { readonly kind: 'same-as'; readonly of: Address }
  /** A number in the code. */
  | { readonly kind: 'peg'; readonly priceE8: bigint }
  /**
   * The price of another oracle times an exchange rate that may grow so fast and no faster (Aave's CAPO): it sees what the
   * issuer says a share is worth, and nothing of what a market pays for it.
   */
  | {
      readonly kind: 'capped-rate'
      readonly of: Address
      readonly rate: Address
      readonly snapshotRateE8: bigint
      /** Unix seconds. */
      readonly snapshotAt: number
      readonly maxYearlyGrowthBps: number
    }
  /** A receipt of a lending pool by what it is a claim on: the price of another oracle times the reserve's supply index. */
  | FairShareSource
  | VaultShareSource
  | { readonly kind: 'receipt'; readonly of: Address; readonly pool: Address; readonly token: Address }

/** A share of a pool by what its reserves are worth where arbitrage leaves them, so that no trade moves it. */
export interface FairShareSource {
  readonly kind: 'lp-share'
  /** A constant-product market of the chain, or with `stable` a stable pool. */
  readonly market: Address
  /** The oracles of its first and of its second token. */
  readonly of: Address
  readonly other: Address
  readonly decimals0: number
  readonly decimals1: number
  readonly stable?: Pick<StableSwapDesign, 'amplification' | 'rate0' | 'rate1'> | undefined
}

/** A share of a range's vault by the two amounts that the range would hold at the oracles' prices, so that no trade moves it. */
export interface VaultShareSource
  extends Pick<FairShareSource, 'market' | 'of' | 'other' | 'decimals0' | 'decimals1'> {
  readonly kind: 'vault-share'
  /** Of the pool of concentrated liquidity. */
  readonly vault: Address
  readonly tickLower: number
  readonly tickUpper: number
}

/** How a contract uses an oracle, and when it refuses to (C-5): an action without a usable price fails, and no other price is taken. */
export interface PriceRule {
  readonly oracle: Address
  /** The heartbeat and some slack. */
  readonly maxAgeSeconds: number
  readonly floorE8: bigint
  readonly capE8: bigint
  /** A second oracle that has to agree within a deviation. */
  readonly corroboration?: { readonly oracle: Address; readonly deviationBps: number }
}
