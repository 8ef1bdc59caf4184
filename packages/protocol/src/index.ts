// What nodes say: artefacts that are signed, messages that carry them, and the records a run keeps.
export {
  decodeGaslessOrder,
  encodeGaslessOrder,
  fromGaslessOrder,
  type GaslessCrossChainOrder,
  toGaslessOrder,
} from './adapters/erc7683-2025-01.ts'
export {
  encodeResolvedOrder,
  type FillInstruction,
  type ResolvedCrossChainOrder,
  type ResolvedOutput,
  toResolvedOrder,
} from './adapters/erc7683-2025-01-resolved.ts'
export {
  type Assumption,
  encodeResolverForm,
  type ResolvedOrder,
  resolverNames,
  toResolverForm,
} from './adapters/erc7683-2026-05.ts'
export { toInteroperableAddress } from './adapters/erc7930.ts'
export {
  decodeStandardOrder,
  encodeStandardOrder,
  fromStandardOrder,
  type MandateOutput,
  type StandardOrder,
  standardOrderId,
  toStandardOrder,
} from './adapters/oif-standard-order.ts'
export type { Award, SignedAward } from './auction/award.ts'
export { awardsFrom, TAKEOVER_SECONDS } from './auction/award-authority.ts'
export type { Bid, RevealedBid, SignedBid } from './auction/bid.ts'
export {
  type BidDealing,
  type BidShare,
  dealingCommitment,
  MASKED_WORDS,
  MAX_COMMITTEE,
} from './auction/bid-share.ts'
export type { ConsistencyShares } from './auction/consistency-shares.ts'
export {
  EARLY_TOLERANCE_SECONDS,
  type EarlyOpening,
  type SignedEarlyOpening,
} from './auction/early-opening.ts'
export type { Quote, QuoteRequest, SignedQuote } from './auction/quote.ts'
export { bidCommitment, type SealedBid, type SignedSealedBid } from './auction/sealed-bid.ts'
export type {
  BatchLot,
  BatchOutcome,
  BatchScore,
  SignedSolution,
  Solution,
  SolutionItem,
} from './auction/solution.ts'
export type { BridgeCall, PauseAuthority } from './bridge/bridge-call.ts'
export type { BridgeEvent } from './bridge/bridge-event.ts'
export type { Attestation, BridgeMessage, BridgePayload, MessageKey } from './bridge/bridge-message.ts'
export { MAX_BUNDLE_LANES, MAX_BUNDLE_MESSAGES, type MessageLane } from './bridge/bundle.ts'
export type { BundleCall } from './bridge/bundle-call.ts'
export type { BundleEvent } from './bridge/bundle-event.ts'
export type { CustodyCall } from './bridge/custody-call.ts'
export type { CustodyEvent } from './bridge/custody-event.ts'
export {
  type FalseFill,
  falseFillMessage,
  type OpenedOrder,
  type OrderChoice,
  suits,
} from './bridge/false-fill.ts'
export type { GovernorVerdict } from './bridge/governor-verdict.ts'
export { type HashLockCall, type LockLeg, lockLegs } from './bridge/hash-lock-call.ts'
export type { HashLockEvent } from './bridge/hash-lock-event.ts'
export { hashLockId, hashLockOf } from './bridge/hash-lock-identity.ts'
export { type HeaderCall, MAX_HEADERS } from './bridge/header-call.ts'
export type { HeaderEvent } from './bridge/header-event.ts'
export type { IssuanceCall } from './bridge/issuance-call.ts'
export type { IssuanceEvent } from './bridge/issuance-event.ts'
export { type LimiterCall, type TransferVote, transferVotes } from './bridge/limiter-call.ts'
export type { LimiterEvent, ReleaseCause } from './bridge/limiter-event.ts'
export { attestationOf, messageDigest, messageKey, payloadHash } from './bridge/message-identity.ts'
export type { BatchPath, BatchProof, DeliveryEvidence, MessageProof } from './bridge/message-proof.ts'
export type { PoolCall } from './bridge/pool-call.ts'
export type { PoolEvent } from './bridge/pool-event.ts'
export { poolShareToken } from './bridge/pool-share.ts'
export type { RecoveryCall } from './bridge/recovery-call.ts'
export type { RecoveryEvent } from './bridge/recovery-event.ts'
export type { RotationCall } from './bridge/rotation-call.ts'
export type { RotationEvent } from './bridge/rotation-event.ts'
export type { SignedAttestation, VerifierSignature } from './bridge/signed-attestation.ts'
export { type SourceLie, sourceLies } from './bridge/source-lie.ts'
export { committeeOf, liarsNeeded, signaturesNeeded, type Trust, trustOf } from './bridge/trust.ts'
export {
  allVerifiers,
  rotationDigest,
  SET_GRACE_SECONDS,
  type VerifierSetTerms,
} from './bridge/verifier-set.ts'
export { type KeyCall, type KeyEvent, signerOf } from './chain/account-key.ts'
export type { Block, Receipt } from './chain/block.ts'
export { checkBlockBody, receiptsHash, transactionsHash } from './chain/block-hash.ts'
export type { BlockHeader, SignedHeader } from './chain/block-header.ts'
export { type BlockMarket, CALM_MARKET, MAX_DEMAND_PERCENT } from './chain/block-market.ts'
export type { Call, CallKind, TransferCall } from './chain/call.ts'
export type { ChainEvent, ChainEventKind } from './chain/chain-event.ts'
export {
  type AccountKind,
  accountKinds,
  type EntryCause,
  entryCauses,
  type JournalEntry,
  type Leg,
  type LossReason,
  lossReasons,
  type Rounding,
} from './chain/journal.ts'
export { decodeTransaction, encodeTransaction } from './chain/raw-transaction.ts'
export { type RevertReason, revertReasons } from './chain/revert-reason.ts'
export type { SignedTransaction, Transaction, TransactionHash } from './chain/transaction.ts'
export { transactionDigest } from './chain/transaction-digest.ts'
export type { HeaderEvidence, SlashCall, SlashEvent } from './consensus/slash.ts'
export type { AuthorityCall } from './controls/authority-call.ts'
export type { AuthoritySpec, TermsBounds, TokenReach, TokenVote } from './controls/authority-spec.ts'
export {
  isCarried,
  NO_VOTES,
  type VoteSupport,
  type VoteTally,
  voteSupports,
  votesOf,
} from './controls/authority-votes.ts'
export type { ControlEvent } from './controls/control-event.ts'
export {
  type BreakerSpec,
  type CollateralCheckSpec,
  controlAddress,
  type NetworkControls,
  NO_CONTROLS,
  type OutflowLimitSpec,
  type StoppableAction,
  stoppableActions,
} from './controls/control-spec.ts'
export type {
  DiscountWindowCall,
  DiscountWindowEvent,
  DiscountWindowSpec,
  WindowCollateral,
} from './controls/discount-window.ts'
export {
  type Measure,
  type ReserveStatus,
  reserveStatuses,
  type TermsChange,
  type TokenPower,
  tokenPowers,
} from './controls/measure.ts'
export {
  type CoverCall,
  type CoverEvent,
  type CoverPayment,
  type CoverSpec,
  coverPayments,
} from './derivatives/cover.ts'
export { type CustodianCall, type EstateClaim, MOST_ESTATE_CLAIMS } from './derivatives/custodian-call.ts'
export type { CustodianEvent } from './derivatives/custodian-event.ts'
export type { CustodianSpec } from './derivatives/custodian-spec.ts'
export type { DerivativeCall } from './derivatives/derivative-call.ts'
export type { DerivativeEvent } from './derivatives/derivative-event.ts'
export { type DerivativeSpec, derivativeAddress } from './derivatives/derivative-spec.ts'
export {
  MOST_REDEMPTIONS,
  type NavFundCall,
  type NavFundEvent,
  type NavFundSpec,
  type NavPayment,
  type NavPricing,
  navPricings,
} from './derivatives/nav-fund.ts'
export {
  type HedgedMoves,
  hedgedMoves,
  type OptionCall,
  type OptionDeskSpec,
  type OptionEvent,
  type OptionSeriesSpec,
  optionKinds,
  type VolatilityRule,
} from './derivatives/option.ts'
export type { PerpetualCall } from './derivatives/perpetual-call.ts'
export type { PerpetualEvent, PerpetualFill } from './derivatives/perpetual-event.ts'
export {
  type MarginKind,
  marginAccount,
  marginKinds,
  type PerpetualMarketSpec,
  type PerpetualSpec,
  type PerpetualVenue,
} from './derivatives/perpetual-spec.ts'
export { type Purchase, type PurchaseSpec, perpetualSides, purchaseAddress } from './derivatives/purchase.ts'
export { createDoor, type Door } from './door/door.ts'
export type { DoorReason, DoorRefusal, DoorResult, Severity } from './door/door-result.ts'
export type { SignatureClaim } from './door/signature-claims.ts'
export { SKEW_SECONDS } from './door/window.ts'
export { attestationDigest } from './eip712/attestation-digest.ts'
export { awardDigest } from './eip712/award-digest.ts'
export { bidDigest } from './eip712/bid-digest.ts'
export { domainNames, domainVersion } from './eip712/domain.ts'
export { earlyOpeningDigest } from './eip712/early-opening-digest.ts'
export { headerDigest } from './eip712/header-digest.ts'
export { orderDigest } from './eip712/order-digest.ts'
export { preconfirmationDigest } from './eip712/preconfirmation-digest.ts'
export { quoteDigest } from './eip712/quote-digest.ts'
export { sealedBidDigest } from './eip712/sealed-bid-digest.ts'
export { solutionDigest } from './eip712/solution-digest.ts'
export type { CollateralAuctionCall } from './lending/collateral-auction-call.ts'
export type { BidStep, CollateralAuctionEvent } from './lending/collateral-auction-event.ts'
export type { IsolatedMarketEvent } from './lending/isolated-market-event.ts'
export {
  type CollateralUse,
  collateralUses,
  type LendingCall,
  type LiquidationProceeds,
  liquidationProceeds,
} from './lending/lending-call.ts'
export type { LendingEvent } from './lending/lending-event.ts'
export { ALL_OF_IT, debtToken, receiptToken } from './lending/lending-token.ts'
export type { UsedPrice } from './lending/used-price.ts'
export {
  type BookCall,
  type BookSide,
  type NewBookOrder,
  timesInForce,
} from './market/book-call.ts'
export type { BookEvent } from './market/book-event.ts'
export type { MarketCall } from './market/market-call.ts'
export type { MarketEvent } from './market/market-event.ts'
export {
  type ConcentratedDesign,
  type ConstantProductDesign,
  FEE_PIPS,
  type GenesisRange,
  type MarketDesign,
  type MarketSpec,
  marketAddress,
  marketShareToken,
  type OrderBookDesign,
  PRICE_BITS,
  type RangeVault,
  type SharedDesign,
  type StableSwapDesign,
  vaultAddress,
} from './market/market-spec.ts'
export type { RangeCall, VaultCall } from './market/range-call.ts'
export type { RangeEvent } from './market/range-event.ts'
export { type BlobMarket, GAS_PER_BLOB } from './network/blob-market.ts'
export type {
  ChainLimit,
  DepartureLimit,
  FlowCorridor,
  GovernedToken,
  GovernorPriceSource,
  TrackedToken,
  TransferAccountant,
  TransferGovernor,
  TransferLimiter,
  WithdrawalCap,
} from './network/bridge-controls.ts'
export {
  type BridgeRoute,
  type BridgeSpec,
  type Custody,
  type FeeCurve,
  type HeaderFollowing,
  type HeaderForm,
  headerForms,
  type LightClientVerification,
  type LockWindows,
  type OptimisticVerification,
  type QuorumVerification,
  type Verification,
} from './network/bridge-spec.ts'
export {
  type Censorship,
  type CensorshipMode,
  censorshipModes,
  type DeclaredCensorship,
} from './network/censorship.ts'
export type {
  BatchPolicy,
  ChainSpec,
  Challenger,
  Consensus,
  DelayBufferSpec,
  OptimisticConsensus,
  ZkConsensus,
} from './network/chain-spec.ts'
export type { Fault, ScheduledFault } from './network/fault.ts'
export type { FeeMarket } from './network/fee-market.ts'
export { type Confirmation, confirmations, type FinalityLevel, finalityLevels } from './network/finality.ts'
export type { FinalityViolation } from './network/finality-violation.ts'
export type { Genesis, GenesisBalance } from './network/genesis.ts'
export type { IsolatedMarketSpec, IsolatedRate, IsolatedSide } from './network/isolated-market-spec.ts'
export { type LendingPlace, lendingPlaces } from './network/lending-place.ts'
export type {
  EModeSpec,
  LendingCollateralTerms,
  LendingPoolSpec,
  LendingReserveSpec,
  LendingTerms,
} from './network/lending-spec.ts'
export type {
  DutchEngine,
  EnglishEngine,
  FixedSpreadEngine,
  LiquidationEngine,
  SlowEngine,
} from './network/liquidation-engine.ts'
export { type MarketDemand, type MarketResource, marketResources } from './network/market-demand.ts'
export { type Misconduct, type MisconductOrder, misconducts } from './network/misconduct.ts'
export type { NetworkSpec, TokenSpec } from './network/network-spec.ts'
export {
  type DiskError,
  diskErrors,
  type LinkTrouble,
  type NodeFault,
  type PortManner,
  portManners,
  type StrangerManner,
  strangerManners,
} from './network/node-fault.ts'
export type {
  AverageSource,
  DerivedSource,
  FairShareSource,
  FeedSource,
  Observed,
  OracleSpec,
  PriceRule,
  PriceSource,
  SoundnessMeasure,
  VaultShareSource,
} from './network/oracle-spec.ts'
export { type OutageMode, outageModes, type SequencerOutage } from './network/outage.ts'
export type { Party } from './network/party.ts'
export { insuranceFund, type PoolInsurance } from './network/pool-insurance.ts'
export {
  type PriceBook,
  type PricePoint,
  priceAt,
  priceOf,
  valueE8,
} from './network/price-book.ts'
export type { SealCommittee } from './network/seal-committee.ts'
export { MAX_SKIPPED_NONCES, type SigningFault } from './network/signing-fault.ts'
export type { SolverDistress } from './network/solver-distress.ts'
export {
  DEFAULT_VALIDATORS,
  INACTIVITY_QUOTIENT,
  MAX_VALIDATOR_GROUPS,
  VALIDATOR_STAKE_GWEI,
  type ValidatorDuty,
  type ValidatorGroup,
  type ValidatorSet,
  validatorDuties,
} from './network/validator-set.ts'
export { validatorsOf } from './network/validators-of.ts'
export type { OracleCall } from './oracle/oracle-call.ts'
export type { OracleEvent } from './oracle/oracle-event.ts'
export { type MisreportOrder, type ReportLie, reportLieKinds } from './oracle/report-lie.ts'
export { type AuctionRule, auctionRules, lastBidSecond, REVEAL_SECONDS } from './order/auction-rule.ts'
export {
  type BlockCurve,
  type CurvePoint,
  curveAmount,
  findCurveFault,
  firstBlockAtOrBelow,
  MOST_CURVE_BLOCKS,
  MOST_CURVE_POINTS,
} from './order/block-curve.ts'
export { type Decay, decayedAmount, firstAtOrBelow } from './order/dutch-decay.ts'
export {
  type Exclusivity,
  type ExclusivityRules,
  exclusivityHolds,
  overriddenAmount,
  requiredUnderExclusivity,
} from './order/exclusivity.ts'
export type { AwardRule, Order, OrderInput, OrderOutput, Pricing, SignedOrder } from './order/order.ts'
export { curveOrderDataTypeString, orderDataType, orderDataTypeString } from './order/order-data.ts'
export type { OrderEvent } from './order/order-event.ts'
export { findOrderFault } from './order/order-fault.ts'
export { leastPart, orderPart, type PartTaken } from './order/order-part.ts'
export { orderPrice, type PriceMoment } from './order/order-price.ts'
export { amountAtFee, feeOfTip, type PriorityFee } from './order/priority-fee.ts'
export type { AmountRounding, RoundedAmount } from './order/rounded-amount.ts'
export type { SettlerCall } from './order/settler-call.ts'
export type {
  Preconfirmation,
  PreconfirmationTerms,
  SignedPreconfirmation,
} from './preconfirmation/preconfirmation.ts'
export type { PreconfirmationCall } from './preconfirmation/preconfirmation-call.ts'
export {
  type BondSlashCause,
  type DomainEvent,
  type DomainEventKind,
  type ReceivableState,
  receivableStates,
} from './record/domain-event.ts'
export { type JsonValue, toJsonValue } from './record/json-value.ts'
export type { InboxCall } from './rollup/inbox-call.ts'
export type { InboxEvent } from './rollup/inbox-event.ts'
export { rollupContract } from './rollup/rollup-contract.ts'
export { type PostingSeries, postingSeries, type RollupControl } from './rollup/rollup-control.ts'
export { signedAwardSchema } from './schema/auction.ts'
export { blockSchema, receiptSchema } from './schema/block.ts'
export { chainEventKinds } from './schema/chain-event.ts'
export { signedHeaderSchema } from './schema/header.ts'
export { bodySchemas } from './schema/message.ts'
export { orderSchema, signedOrderSchema } from './schema/order.ts'
export type { DigestSigner, Signature, SignatureScheme, SignatureVerifier } from './signature.ts'
export { addressOf, contractAddress, type PrivateKey, privateKeyOf } from './signing/account.ts'
export { isCanonicalSignature } from './signing/canonical-signature.ts'
export { createSecp256k1Signer, createSecp256k1Verifier } from './signing/secp256k1.ts'
export { createStandInSigner, createStandInVerifier } from './signing/stand-in.ts'
export {
  type ExchangeDirection,
  exchangeDirections,
  type StablecoinCall,
} from './stablecoin/stablecoin-call.ts'
export type { StablecoinEvent } from './stablecoin/stablecoin-event.ts'
export {
  type StablecoinSpec,
  stablecoinAddress,
  type TokenPriceSource,
} from './stablecoin/stablecoin-spec.ts'
export {
  type ContractFlaw,
  contractFlaws,
  type FlawChange,
  flawChanges,
} from './upgrade/contract-flaw.ts'
export type { UpgradeCall } from './upgrade/upgrade-call.ts'
export type { UpgradeEvent } from './upgrade/upgrade-event.ts'
export type { SolventVocabulary } from './vocabulary.ts'
export { decodeMessage, encodeMessage } from './wire/codec.ts'
export type { ControlMessage, ControlReply, NodeStatus, OrderIntent } from './wire/control.ts'
export {
  MAX_BID_SHARES,
  MAX_BIDS,
  MAX_BLOCK_ITEMS,
  MAX_DELIVERIES,
  MAX_FRAME_BYTES,
  MAX_ORDER_BYTES,
  MAX_ORDERS,
  MAX_PROOF_HASHES,
  MAX_REPORT_PART_BYTES,
  MAX_REQUEST_BYTES,
  MAX_SOLUTION_ITEMS,
  MAX_TEXT_BYTES,
  MAX_VERIFIERS,
  maxBytesByType,
} from './wire/limits.ts'
export {
  type BlockRange,
  type BlockRequest,
  type DirectMessage,
  type Evidence,
  type GossipMessage,
  type Message,
  type RefusalReason,
  type ReplyMessage,
  type RequestMessage,
  refusalReasons,
  type SourceReport,
} from './wire/message.ts'
export { type MessageType, messageTypes } from './wire/message-type.ts'
export type { SideChannelMessage } from './wire/side-channel.ts'
export { type Topic, topics } from './wire/topic.ts'
