// The rules of settlement as one table of small pure functions. The engine and the bridge nodes take the table as a
// parameter, so that a test can hand them one with a single rule altered (a planted bug) and watch the audit catch it.
import type { ChainId, Hash32, OrderId } from '@solvent/primitives'
import {
  decayedAmount,
  exclusivityHolds,
  type Leg,
  type Order,
  orderDigest,
  overriddenAmount,
  type Signature,
} from '@solvent/protocol'
import { attestable } from './bridge/attestable.ts'
import { afterPause, afterUnpause, blockedByFreeze } from './bridge/freeze.ts'
import { lockPhase } from './bridge/hash-lock/lock-phase.ts'
import { type LimiterRules, limiterRules } from './bridge/limiter/limiter-rules.ts'
import { quorumMet, setAccepted, signersBelong, signersDistinct } from './bridge/quorum.ts'
import { deliveredHere, deliveryOf } from './bridge/replay.ts'
import { truncate } from './bridge/truncation.ts'
import { measureDueAt } from './controls/authority/due.ts'
import { reaches } from './controls/authority/reach.ts'
import { heldBy } from './controls/authority/restriction.ts'
import { votePower } from './controls/authority/vote-power.ts'
import { afterPrice } from './controls/circuit-breaker.ts'
import { mostOn } from './controls/discount-window/window-terms.ts'
import { mayPledge } from './controls/may-pledge.ts'
import { afterOutflow } from './controls/outflow-window.ts'
import { exchange } from './derivatives/algorithmic-stablecoin/mint-and-burn.ts'
import { claimCover } from './derivatives/cover/cover-fund.ts'
import { estateShare } from './derivatives/custodian/custodian-book.ts'
import { payRedemptions, subscribeNav } from './derivatives/nav-fund/nav-fund.ts'
import { exerciseOption, premiumUp, settleSeries } from './derivatives/option/option-desk.ts'
import { liquidatePerpetual } from './derivatives/perpetual/liquidate.ts'
import { payFunding } from './derivatives/perpetual/margin.ts'
import { placeOrder } from './derivatives/perpetual/perpetual-order.ts'
import { tradePerpetual } from './derivatives/perpetual/virtual-trade.ts'
import { expired, fillInTime, openInTime } from './escrow/deadline.ts'
import { nextOrderState } from './escrow/order-state.ts'
import { legsBalance, mayBeNegative } from './ledger/legs.ts'
import { undoSegment } from './ledger/undo-log.ts'
import { slowPart } from './lending/contract/slow-engine.ts'
import { take } from './lending/liquidation/clip-auction.ts'
import { tend } from './lending/liquidation/flip-auction.ts'
import { coverLoss } from './lending/liquidation/loss-waterfall.ts'
import { type IsLastCollateral, isLastCollateral } from './lending/pool.ts'
import type { Reserve } from './lending/reserve.ts'
import { collectRange, swapRanges } from './market/concentrated/concentrated-pool.ts'
import { partOfVault } from './market/concentrated/vault-holdings.ts'
import { sellToPair } from './market/constant-product/sell.ts'
import { placeInBook } from './market/order-book/order-book.ts'
import { exchangeCoins } from './market/stable-swap/stable-pool.ts'
import { averageInNumeraire } from './oracle/average-price.ts'
import { acceptedPrice } from './oracle/price-rule.ts'

/** Which rule guards what; names in brackets are invariants of the audit's catalogue. */
export interface SettlementRules {
  /** What the user signs; it names the origin chain and settler (S-4). */
  readonly orderDigest: (order: Order) => Hash32
  /** An order's identity is its digest, whatever the signature (S-2). A fill knows no signature: null. */
  readonly orderId: (digest: Hash32, signature: Signature | null) => OrderId
  /** An order counts only on the chain it names (S-4). */
  readonly orderBelongsHere: (originChainId: ChainId, chainId: ChainId) => boolean
  /** Whether the order's nonce counts as used afterwards: always (S-3). */
  readonly nonceUsedAfter: (action: 'open' | 'cancel') => boolean
  readonly openInTime: typeof openInTime
  readonly fillInTime: typeof fillInTime
  readonly expired: typeof expired
  readonly exclusivityHolds: typeof exclusivityHolds
  readonly nextOrderState: typeof nextOrderState
  readonly decayedAmount: typeof decayedAmount
  readonly overriddenAmount: typeof overriddenAmount
  /** What goes into escrow of an order's input: all of it (O-5). */
  readonly escrowedAmount: (inputAmount: bigint) => bigint
  readonly truncate: typeof truncate
  /** What a bridge takes into custody (locks or burns) for an amount it sends: all of it (B-2). */
  readonly custodyAmount: (sent: bigint) => bigint
  readonly deliveredHere: typeof deliveredHere
  readonly deliveryOf: typeof deliveryOf
  readonly signersDistinct: typeof signersDistinct
  readonly signersBelong: typeof signersBelong
  readonly quorumMet: typeof quorumMet
  readonly setAccepted: typeof setAccepted
  /** What may be done with a hash lock of an age (B-9). */
  readonly lockPhase: typeof lockPhase
  readonly blockedByFreeze: typeof blockedByFreeze
  readonly afterPause: typeof afterPause
  readonly afterUnpause: typeof afterUnpause
  /** What a limiter still counts (B-5). */
  readonly inWindow: LimiterRules['inWindow']
  readonly governorPriceE8: LimiterRules['governorPriceE8']
  /** What the bucket of a departure limit holds (B-5). */
  readonly refilled: LimiterRules['refilled']
  /** What a constant-product pair pays. */
  readonly sellToPair: typeof sellToPair
  /** What a pool of concentrated liquidity takes and gives in a swap. */
  readonly swapRanges: typeof swapRanges
  /** What an order meets in a book, and in which order. */
  readonly placeInBook: typeof placeInBook
  /** What a position is paid when it collects. */
  readonly collectRange: typeof collectRange
  /** What of an amount a vault's shares take with them. */
  readonly partOfVault: typeof partOfVault
  /** What a stable pool pays. */
  readonly exchangeCoins: typeof exchangeCoins
  /** The finality a verifier waits for (O-11); bridge nodes ask it, the engine never does. */
  readonly attestable: typeof attestable
  /** Which answers of an oracle a contract uses (C-5). */
  /** What an average tells of a pair (C-5). */
  readonly averageInNumeraire: typeof averageInNumeraire
  readonly acceptedPrice: typeof acceptedPrice
  /** When a breaker halts (G-1). */
  readonly afterPrice: typeof afterPrice
  /** What may leave a contract within a window (G-2). */
  readonly afterOutflow: typeof afterOutflow
  /** How much of a token may stand behind one account's loans (G-5). */
  readonly mayPledge: typeof mayPledge
  /** When a measure may be enacted (G-3). */
  readonly measureDueAt: typeof measureDueAt
  readonly votePower: typeof votePower
  /** How far an authority reaches (G-3). */
  readonly reaches: typeof reaches
  /** What keeps a leg from moving (G-4). */
  readonly heldBy: typeof heldBy
  /** What an algorithmic stablecoin gives (V-1). */
  readonly exchangeStablecoin: typeof exchange
  /** What a custodian's creditor is paid of what is left (V-2). */
  readonly estateShare: typeof estateShare
  /** What a discount window lends on a pledge (G-6). */
  readonly mostOnPledge: typeof mostOn
  /** What a cover fund pays (V-4). */
  readonly claimCover: typeof claimCover
  /** Shares of a fund for coins, and coins for shares (V-6). */
  readonly subscribeNav: typeof subscribeNav
  readonly payRedemptions: typeof payRedemptions
  /** What options cost, what they are owed at expiry, and what holders are paid (V-5). */
  readonly optionPremium: typeof premiumUp
  readonly settleOptions: typeof settleSeries
  readonly exerciseOption: typeof exerciseOption
  /** Trades and liquidations of a clearing house (V-3). */
  readonly tradePerpetual: typeof tradePerpetual
  readonly placePerpetualOrder: typeof placeOrder
  readonly liquidatePerpetual: typeof liquidatePerpetual
  /** What ends a funding interval, and moves margins that follow the index (V-3). */
  readonly payFunding: typeof payFunding
  /** A reserve when a debt has been repaid: as the machine leaves it (C-1). */
  readonly reserveAfterRepay: (reserve: Reserve) => Reserve
  /** What a liquidator is paid of a seized amount: all of it (C-4). */
  readonly collateralPaid: (seized: bigint) => bigint
  /** When the debt that is left is written off (C-6). */
  readonly isLastCollateral: IsLastCollateral
  /** How much of a debt a slow engine lets through (C-4). */
  readonly slowPart: typeof slowPart
  /** What of a bad debt an isolated market takes from its suppliers at once: all of it (C-6). */
  readonly isolatedLoss: (badDebt: bigint) => bigint
  /** What a pool's fund pays of bad debt: as much as it has (C-6). */
  readonly coverLoss: typeof coverLoss
  /** Whether a bid raises the last one enough (C-4). */
  readonly tend: typeof tend
  /** What a buyer in a Dutch auction pays (C-4). */
  readonly takeFromSale: typeof take
  /** What is booked of what an auction has not raised of the debt: all of it (C-6). */
  readonly auctionLoss: (missing: bigint) => bigint
  /** An entry's legs sum to zero per token (L-4); an entry that fails stops the engine. */
  readonly legsBalance: (legs: readonly Leg[]) => boolean
  /** Takes back all that a block wrote (T-4). */
  readonly undoBlock: typeof undoSegment
  /** Which accounts may go below zero: SUPPLY alone (L-3). */
  readonly mayBeNegative: typeof mayBeNegative
}

/** The rules as they should be. */
export const settlementRules: SettlementRules = Object.freeze({
  orderDigest,
  orderId: (digest: Hash32): OrderId => digest,
  orderBelongsHere: (originChainId: ChainId, chainId: ChainId): boolean => originChainId === chainId,
  nonceUsedAfter: (): boolean => true,
  openInTime,
  fillInTime,
  expired,
  exclusivityHolds,
  nextOrderState,
  decayedAmount,
  overriddenAmount,
  escrowedAmount: (inputAmount: bigint): bigint => inputAmount,
  truncate,
  custodyAmount: (sent: bigint): bigint => sent,
  deliveredHere,
  deliveryOf,
  signersDistinct,
  signersBelong,
  quorumMet,
  setAccepted,
  lockPhase,
  blockedByFreeze,
  afterPause,
  afterUnpause,
  ...limiterRules,
  sellToPair,
  placeInBook,
  swapRanges,
  collectRange,
  partOfVault,
  exchangeCoins,
  attestable,
  averageInNumeraire,
  acceptedPrice,
  afterPrice,
  afterOutflow,
  mayPledge,
  measureDueAt,
  votePower,
  reaches,
  heldBy,
  exchangeStablecoin: exchange,
  estateShare,
  mostOnPledge: mostOn,
  claimCover,
  subscribeNav,
  payRedemptions,
  optionPremium: premiumUp,
  settleOptions: settleSeries,
  exerciseOption,
  tradePerpetual,
  placePerpetualOrder: placeOrder,
  payFunding,
  liquidatePerpetual,
  reserveAfterRepay: (reserve: Reserve): Reserve => reserve,
  collateralPaid: (seized: bigint): bigint => seized,
  isLastCollateral,
  slowPart,
  isolatedLoss: (badDebt: bigint): bigint => badDebt,
  coverLoss,
  tend,
  takeFromSale: take,
  auctionLoss: (missing: bigint): bigint => missing,
  legsBalance,
  undoBlock: undoSegment,
  mayBeNegative,
})
