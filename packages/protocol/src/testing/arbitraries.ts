// Random artefacts of every kind, in the ranges that the schemas allow, for property tests.
import type { Address, ChainId, Hash32, NodeId } from '@solvent/primitives'
import fc from 'fast-check'
import type { Award } from '../auction/award.ts'
import type { Bid, RevealedBid } from '../auction/bid.ts'
import type { Quote } from '../auction/quote.ts'
import type { Attestation, BridgeMessage, BridgePayload } from '../bridge/bridge-message.ts'
import type { FalseFill } from '../bridge/false-fill.ts'
import { transferVotes } from '../bridge/limiter-call.ts'
import { releaseCauses } from '../bridge/limiter-event.ts'
import type { DeliveryEvidence, MessageProof } from '../bridge/message-proof.ts'
import { sourceLies } from '../bridge/source-lie.ts'
import type { VerifierSetTerms } from '../bridge/verifier-set.ts'
import type { Receipt } from '../chain/block.ts'
import { revertReasons } from '../chain/block.ts'
import type { BlockHeader } from '../chain/block-header.ts'
import type { BlockMarket } from '../chain/block-market.ts'
import type { Call } from '../chain/call.ts'
import type { ChainEvent } from '../chain/chain-event.ts'
import { accountKinds, entryCauses, type JournalEntry } from '../chain/journal.ts'
import type { Transaction } from '../chain/transaction.ts'
import { headerForms } from '../network/bridge-spec.ts'
import { misconducts } from '../network/misconduct.ts'
import { outageModes, type SequencerOutage } from '../network/outage.ts'
import type { AwardRule, Order, Pricing } from '../order/order.ts'
import type { Signature } from '../signature.ts'
import { createStandInSigner } from '../signing/stand-in.ts'
import { contractFlaws, flawChanges } from '../upgrade/contract-flaw.ts'
import { type Message, refusalReasons } from '../wire/message.ts'
import { messageTypes } from '../wire/message-type.ts'

const hexOf = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((raw) => `0x${[...raw].map((b) => b.toString(16).padStart(2, '0')).join('')}`)

export const address = hexOf(20) as fc.Arbitrary<Address>
export const hash32 = hexOf(32) as fc.Arbitrary<Hash32>
export const uint256 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  fc.bigInt({ min: 0n, max: 2n ** 64n }),
  fc.constantFrom(0n, 1n, 2n ** 64n - 1n, 2n ** 64n, 2n ** 128n, 2n ** 256n - 1n),
)
export const uint32 = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.constantFrom(0, 2 ** 31, 2 ** 32 - 1),
)
export const count = fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 32, Number.MAX_SAFE_INTEGER))
export const chainId = fc.oneof(
  fc.integer({ min: 1, max: 100_000 }),
  fc.constantFrom(1, Number.MAX_SAFE_INTEGER),
) as fc.Arbitrary<ChainId>
const nodeId = fc.stringMatching(/^[a-z0-9-]{1,48}$/) as fc.Arbitrary<NodeId>
const text = fc
  .string({ maxLength: 60, unit: 'grapheme' })
  .filter((value) => new TextEncoder().encode(value).length <= 256)

export const signature: fc.Arbitrary<Signature> = fc
  .tuple(
    hash32,
    address.filter((a) => BigInt(a) !== 0n),
  )
  .map(([digest, signer]) => createStandInSigner({ seed: 'any', address: signer }).sign(digest))

const pricing: fc.Arbitrary<Pricing> = fc.oneof(
  fc.record({ rule: fc.constant('limit' as const) }),
  fc.record({
    rule: fc.constant('dutch' as const),
    startAmount: uint256,
    decayStart: uint32,
    decayEnd: uint32,
  }),
)

const awardRule: fc.Arbitrary<AwardRule> = fc.oneof(
  fc.record({ by: fc.constant('chain' as const) }),
  fc.record({
    by: fc.constant('user' as const),
    solver: address,
    exclusiveUntil: uint32,
    overrideBps: uint32,
  }),
  fc.record({
    by: fc.constant('auctioneer' as const),
    auctioneer: address,
    rule: fc.constantFrom('first-price' as const, 'second-price' as const),
    closesAt: uint32,
    exclusiveUntil: uint32,
  }),
)

export const order: fc.Arbitrary<Order> = fc.record({
  originChainId: chainId,
  originSettler: address,
  user: address,
  nonce: uint256,
  openDeadline: uint32,
  fillDeadline: uint32,
  expires: uint32,
  input: fc.record({ token: address, amount: uint256 }),
  output: fc.record({ chainId, settler: address, token: address, minAmount: uint256, recipient: address }),
  prover: address,
  pricing,
  award: awardRule,
})

export const bid: fc.Arbitrary<Bid> = fc.record({
  orderId: hash32,
  auctioneer: address,
  solver: address,
  outputAmount: uint256,
})

const revealedBid: fc.Arbitrary<RevealedBid> = fc.record({
  solver: address,
  outputAmount: uint256,
  bidHash: hash32,
})

export const award: fc.Arbitrary<Award> = fc.record({
  orderId: hash32,
  auctioneer: address,
  winner: address,
  outputAmount: uint256,
  exclusiveUntil: uint32,
  bids: fc.array(revealedBid, { maxLength: 5 }),
})

export const quote: fc.Arbitrary<Quote> = fc.record({
  quoteId: hash32,
  solver: address,
  outputAmount: uint256,
  validUntil: uint32,
})

export const bridgePayload: fc.Arbitrary<BridgePayload> = fc.oneof(
  fc.record({ kind: fc.constant('transfer' as const), token: address, amount: uint256, recipient: address }),
  fc.record({
    kind: fc.constant('fill-proof' as const),
    orderId: hash32,
    payee: address,
    outputToken: address,
    outputAmount: uint256,
    recipient: address,
    filledAt: uint32,
  }),
  fc.record({
    kind: fc.constant('set-verifiers' as const),
    target: address,
    verifiers: fc.array(address, { maxLength: 4 }),
    threshold: count,
  }),
)

const falseFill: fc.Arbitrary<FalseFill> = fc.record({
  bridge: address,
  srcChainId: chainId,
  settler: address,
  sequence: count,
  dstChainId: chainId,
  order: fc.oneof(
    fc.record({ by: fc.constant('nonce' as const), user: address, nonce: uint256 }),
    fc.record({ by: fc.constant('time' as const), openedFrom: uint32 }),
  ),
  payee: address,
})

export const bridgeMessage: fc.Arbitrary<BridgeMessage> = fc.record({
  bridge: address,
  srcChainId: chainId,
  emitter: address,
  sequence: count,
  dstChainId: chainId,
  payload: bridgePayload,
})

export const attestation: fc.Arbitrary<Attestation> = fc.record({
  bridge: address,
  srcChainId: chainId,
  emitter: address,
  sequence: count,
  dstChainId: chainId,
  payloadHash: hash32,
  setIndex: count,
})

const blockMarket: fc.Arbitrary<BlockMarket> = fc.record({
  backgroundGas: count,
  demandPercent: count,
  demandUntil: count,
  blobGasUsed: count,
  excessBlobGas: count,
  blobDemandPercent: count,
  blobDemandUntil: count,
})

export const header: fc.Arbitrary<BlockHeader> = fc.record({
  chainId,
  number: count,
  emptyBefore: count,
  missedBefore: count,
  parentHash: hash32,
  timestamp: uint32,
  producer: address,
  transactionsHash: hash32,
  receiptsHash: hash32,
  stateRoot: hash32,
  outboxRoot: hash32,
  transactionCount: count,
  gasUsed: count,
  baseFee: uint256,
  market: blockMarket,
  votes: uint32,
  justified: fc.oneof(fc.constant(-1), count),
  finalized: fc.oneof(fc.constant(-1), count),
})

const signedAward = fc.record({ award, signature })
const verifierSignature = fc.record({ verifier: address, signature })
const messageProof: fc.Arbitrary<MessageProof> = fc.oneof(
  fc.record({
    kind: fc.constant('quorum' as const),
    setIndex: count,
    signatures: fc.array(verifierSignature, { maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('bundle' as const),
    bundle: count,
    leaf: count,
    path: fc.array(hash32, { maxLength: 32 }),
  }),
  fc.record({
    kind: fc.constant('rollup-root' as const),
    block: count,
    header: hash32,
    leaf: count,
    path: fc.array(hash32, { maxLength: 32 }),
  }),
  fc.record({
    kind: fc.constant('header-inclusion' as const),
    header: hash32,
    leaf: count,
    path: fc.array(hash32, { maxLength: 4 }),
  }),
)
const verifierSet: fc.Arbitrary<VerifierSetTerms> = fc.record({
  setIndex: count,
  verifiers: fc.array(address, { maxLength: 4 }),
  threshold: count,
})
const deliveryEvidence: fc.Arbitrary<DeliveryEvidence> = fc.oneof(
  fc.record({
    kind: fc.constant('quorum' as const),
    setIndex: count,
    signers: fc.array(address, { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('bundle' as const), bundle: count }),
  fc.record({ kind: fc.constant('header-inclusion' as const), header: hash32, leaf: count }),
  fc.record({ kind: fc.constant('rollup-root' as const), block: count, header: hash32, leaf: count }),
)
const bundleClaim = {
  bridge: address,
  lanes: fc.array(fc.record({ srcChainId: chainId, emitter: address, from: count, to: count }), {
    maxLength: 3,
  }),
  count,
  root: hash32,
}
const upgrade = {
  contract: address,
  flaw: fc.constantFrom(...contractFlaws),
  change: fc.constantFrom(...flawChanges),
}
const queued = { bridge: address, digest: hash32 }
const vote = fc.constantFrom(...transferVotes)
const authority = fc.constantFrom('issuer' as const, 'guardian' as const)

const preconfirmation = fc.record({
  chainId,
  producer: address,
  transactionHash: hash32,
  sender: address,
  nonce: count,
  block: count,
})
const promise = fc.record({ preconfirmation, signature })

const headerEvidence = fc.record({ header, signature })

export const call: fc.Arbitrary<Call> = fc.oneof(
  fc.record({ kind: fc.constant('bond-preconfirmations' as const), amount: uint256 }),
  fc.record({ kind: fc.constant('prove-broken-promise' as const), promise }),
  fc.record({ kind: fc.constant('slash' as const), first: headerEvidence, second: headerEvidence }),
  fc.record({
    kind: fc.constant('submit-headers' as const),
    bridge: address,
    source: chainId,
    form: fc.constantFrom(...headerForms),
    headers: fc.array(fc.record({ header, signature }), { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('issue' as const),
    bridge: address,
    token: address,
    amount: uint256,
    recipient: address,
  }),
  fc.record({ kind: fc.constant('propose-bundle' as const), ...bundleClaim }),
  fc.record({ kind: fc.constant('dispute-bundle' as const), bridge: address, bundle: count }),
  fc.record({
    kind: fc.constant('rule-on-bundle' as const),
    bridge: address,
    bundle: count,
    upheld: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('redeem' as const), bridge: address, token: address, amount: uint256 }),
  fc.record({
    kind: fc.constantFrom('pool-deposit' as const, 'pool-refill' as const),
    bridge: address,
    token: address,
    amount: uint256,
  }),
  fc.record({
    kind: fc.constant('hash-lock-create' as const),
    bridge: address,
    leg: fc.constantFrom('source' as const, 'destination' as const),
    token: address,
    amount: uint256,
    recipient: address,
    hash: hash32,
  }),
  fc.record({
    kind: fc.constant('hash-lock-withdraw' as const),
    bridge: address,
    lock: hash32,
    preimage: hash32,
  }),
  fc.record({ kind: fc.constant('hash-lock-cancel' as const), bridge: address, lock: hash32 }),
  fc.record({
    kind: fc.constant('pool-withdraw' as const),
    bridge: address,
    token: address,
    shares: uint256,
  }),
  fc.record({ kind: fc.constant('pool-rate' as const), bridge: address, token: address, rateE18: uint256 }),
  fc.record({ kind: fc.constant('transfer' as const), token: address, to: address, amount: uint256 }),
  fc.record({ kind: fc.constant('open' as const), order, signature, award: fc.option(signedAward) }),
  fc.record({ kind: fc.constant('cancel' as const), order }),
  fc.record({
    kind: fc.constant('fill' as const),
    order,
    award: fc.option(signedAward),
    amount: uint256,
    payee: address,
  }),
  fc.record({
    kind: fc.constant('deliver' as const),
    message: bridgeMessage,
    proof: messageProof,
  }),
  fc.record({ kind: fc.constant('claim' as const), orderId: hash32 }),
  fc.record({ kind: fc.constant('refund' as const), orderId: hash32 }),
  fc.record({
    kind: fc.constant('bridge-out' as const),
    bridge: address,
    token: address,
    amount: uint256,
    dstChainId: chainId,
    recipient: address,
  }),
  fc.record({ kind: fc.constant('pause' as const), bridge: address, authority, until: uint32 }),
  fc.record({
    kind: fc.constant('send-message' as const),
    bridge: address,
    dstChainId: chainId,
    target: address,
    verifiers: fc.array(address, { maxLength: 4 }),
    threshold: count,
  }),
  fc.record({ kind: fc.constant('unpause' as const), bridge: address, authority }),
  fc.record({
    kind: fc.constant('post-batch' as const),
    rollup: chainId,
    fromBlock: count,
    toBlock: count,
    after: fc.option(hash32),
    tip: hash32,
  }),
  fc.record({
    kind: fc.constant('post-root' as const),
    rollup: chainId,
    block: count,
    stateRoot: hash32,
    outboxRoot: hash32,
  }),
  fc.record({
    kind: fc.constant('force-transaction' as const),
    rollup: chainId,
    raw: fc.uint8Array({ maxLength: 64 }),
  }),
  fc.record({
    kind: fc.constant('challenge' as const),
    rollup: chainId,
    block: count,
    stateRoot: hash32,
    outboxRoot: hash32,
    header,
  }),
  fc.record({
    kind: fc.constant('post-proof' as const),
    rollup: chainId,
    block: count,
    stateRoot: hash32,
    outboxRoot: hash32,
    header,
  }),
  fc.record({ kind: fc.constant('upgrade' as const), ...upgrade }),
  fc.record({ kind: fc.constant('rotate-verifiers' as const), bridge: address, next: verifierSet }),
  fc.record({ kind: fc.constant('release-transfer' as const), ...queued }),
  fc.record({ kind: fc.constant('refill' as const), bridge: address, token: address, amount: uint256 }),
  fc.record({ kind: fc.constant('share-loss' as const), bridge: address, token: address, claims: uint256 }),
  fc.record({ kind: fc.constant('vote-transfer' as const), ...queued, vote }),
  fc.record({ kind: fc.constant('price-token' as const), bridge: address, token: address, priceE8: uint256 }),
)

export const transaction: fc.Arbitrary<Transaction> = fc.record({
  chainId,
  from: address,
  nonce: count,
  gasLimit: count,
  maxFeePerGas: uint256,
  maxPriorityFeePerGas: uint256,
  call,
})

export const blobTransaction: fc.Arbitrary<Transaction> = fc
  .tuple(transaction, count, uint256)
  .map(([plain, blobs, maxFeePerBlobGas]) => ({ ...plain, blobs, maxFeePerBlobGas }))

const signedTransaction = fc.record({ transaction, signature })

const chainEvent: fc.Arbitrary<ChainEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('validators-slashed' as const),
    offence: chainId,
    slot: count,
    group: count,
    amount: uint256,
  }),
  fc.record({
    kind: fc.constantFrom('pool-deposited' as const, 'pool-withdrawn' as const),
    bridge: address,
    token: address,
    provider: address,
    amount: uint256,
    shares: uint256,
  }),
  fc.record({
    kind: fc.constant('pool-refilled' as const),
    bridge: address,
    token: address,
    from: address,
    amount: uint256,
  }),
  fc.record({
    kind: fc.constant('hash-lock-created' as const),
    bridge: address,
    lock: hash32,
    leg: fc.constantFrom('source' as const, 'destination' as const),
    hash: hash32,
    token: address,
    amount: uint256,
    depositor: address,
    recipient: address,
    safetyDeposit: uint256,
  }),
  fc.record({
    kind: fc.constant('hash-lock-withdrawn' as const),
    bridge: address,
    lock: hash32,
    preimage: hash32,
    by: address,
  }),
  fc.record({
    kind: fc.constant('hash-lock-cancelled' as const),
    bridge: address,
    lock: hash32,
    by: address,
  }),
  fc.record({
    kind: fc.constant('pool-rate-set' as const),
    bridge: address,
    token: address,
    rateE18: uint256,
  }),
  fc.record({
    kind: fc.constant('payout-queued' as const),
    bridge: address,
    token: address,
    message: hash32,
    recipient: address,
    amount: uint256,
    fee: uint256,
    position: count,
  }),
  fc.record({
    kind: fc.constant('payout-made' as const),
    bridge: address,
    token: address,
    message: hash32,
    recipient: address,
    amount: uint256,
    fee: uint256,
    paid: uint256,
    position: fc.option(count),
  }),
  fc.record({
    kind: fc.constant('preconfirmations-bonded' as const),
    producer: address,
    amount: uint256,
  }),
  fc.record({ kind: fc.constant('promise-broken' as const), preconfirmation, amount: uint256 }),
  fc.record({
    kind: fc.constant('headers-accepted' as const),
    bridge: address,
    source: chainId,
    tip: hash32,
    number: count,
    provableTo: fc.oneof(fc.constant(-1), count),
  }),
  fc.record({
    kind: fc.constant('client-frozen' as const),
    bridge: address,
    source: chainId,
    number: count,
    header: hash32,
  }),
  fc.record({
    kind: fc.constant('asset-issued' as const),
    bridge: address,
    token: address,
    amount: uint256,
    recipient: address,
  }),
  fc.record({
    kind: fc.constant('bundle-proposed' as const),
    ...bundleClaim,
    bundle: count,
    proposer: address,
    openUntil: uint32,
  }),
  fc.record({
    kind: fc.constant('bundle-disputed' as const),
    bridge: address,
    bundle: count,
    disputer: address,
    ruledFrom: uint32,
  }),
  fc.record({
    kind: fc.constant('bundle-ruled' as const),
    bridge: address,
    bundle: count,
    upheld: fc.boolean(),
    winner: address,
  }),
  fc.record({
    kind: fc.constant('asset-redeemed' as const),
    bridge: address,
    token: address,
    amount: uint256,
    holder: address,
  }),
  fc.record({
    kind: fc.constant('order-opened' as const),
    orderId: hash32,
    order,
    signature,
    opener: address,
    exclusiveSolver: address,
    exclusiveUntil: uint32,
    requiredAmount: uint256,
  }),
  fc.record({ kind: fc.constant('order-cancelled' as const), orderId: hash32 }),
  fc.record({
    kind: fc.constant('order-filled' as const),
    orderId: hash32,
    order,
    solver: address,
    payee: address,
    outputAmount: uint256,
    exclusiveSolver: address,
    exclusiveUntil: uint32,
    requiredAmount: uint256,
  }),
  fc.record({
    kind: fc.constant('fill-proven' as const),
    orderId: hash32,
    payee: address,
    outputAmount: uint256,
    filledAt: uint32,
  }),
  fc.record({
    kind: fc.constant('order-claimed' as const),
    orderId: hash32,
    payee: address,
    token: address,
    amount: uint256,
  }),
  fc.record({
    kind: fc.constant('order-refunded' as const),
    orderId: hash32,
    user: address,
    token: address,
    amount: uint256,
  }),
  fc.record({ kind: fc.constant('nonce-used' as const), user: address, nonce: uint256, orderId: hash32 }),
  fc.record({ kind: fc.constant('message-sent' as const), message: bridgeMessage, digest: hash32 }),
  fc.record({
    kind: fc.constant('message-delivered' as const),
    message: bridgeMessage,
    digest: hash32,
    evidence: deliveryEvidence,
  }),
  fc.record({
    kind: fc.constant('message-conflict' as const),
    message: bridgeMessage,
    digest: hash32,
    known: hash32,
  }),
  fc.record({
    kind: fc.constant('bridge-transfer' as const),
    bridge: address,
    step: fc.constantFrom('locked' as const, 'burned' as const, 'minted' as const, 'released' as const),
    token: address,
    amount: uint256,
    message: hash32,
  }),
  fc.record({ kind: fc.constant('bridge-paused' as const), bridge: address, authority, until: uint32 }),
  fc.record({ kind: fc.constant('bridge-unpaused' as const), bridge: address, authority }),
  fc.record({
    kind: fc.constant('batch-posted' as const),
    rollup: chainId,
    fromBlock: count,
    toBlock: count,
    tip: hash32,
  }),
  fc.record({
    kind: fc.constant('root-posted' as const),
    rollup: chainId,
    block: count,
    stateRoot: hash32,
    outboxRoot: hash32,
    proposer: address,
  }),
  fc.record({ kind: fc.constant('contract-upgraded' as const), ...upgrade }),
  fc.record({
    kind: fc.constant('rotation-voted' as const),
    bridge: address,
    proposal: hash32,
    voter: address,
  }),
  fc.record({
    kind: fc.constant('verifiers-rotated' as const),
    bridge: address,
    next: verifierSet,
    graceUntil: uint32,
  }),
  fc.record({
    kind: fc.constant('transaction-forced' as const),
    rollup: chainId,
    hash: hash32,
    raw: fc.uint8Array({ maxLength: 64 }),
    dueAt: uint32,
  }),
  fc.record({
    kind: fc.constant('roots-deleted' as const),
    rollup: chainId,
    fromBlock: count,
    challenger: address,
  }),
  fc.record({
    kind: fc.constant('challenge-lost' as const),
    rollup: chainId,
    block: count,
    challenger: address,
  }),
  fc.record({ kind: fc.constant('roots-reset' as const), rollup: chainId, fromBlock: count }),
  fc.record({
    kind: fc.constant('proof-posted' as const),
    rollup: chainId,
    block: count,
    stateRoot: hash32,
    outboxRoot: hash32,
  }),
  fc.record({
    kind: fc.constant('transfer-queued' as const),
    message: bridgeMessage,
    digest: hash32,
    evidence: deliveryEvidence,
    valueE8: uint256,
    releaseAt: uint32,
  }),
  fc.record({
    kind: fc.constant('transfer-released' as const),
    ...queued,
    cause: fc.constantFrom(...releaseCauses),
  }),
  fc.record({ kind: fc.constant('transfer-voted' as const), ...queued, vote, voter: address }),
  fc.record({ kind: fc.constant('transfer-censored' as const), ...queued }),
  fc.record({
    kind: fc.constant('bridge-refilled' as const),
    bridge: address,
    token: address,
    amount: uint256,
    benefactor: address,
  }),
  fc.record({
    kind: fc.constant('loss-shared' as const),
    bridge: address,
    token: address,
    backing: uint256,
    claims: uint256,
  }),
  fc.record({
    kind: fc.constant('redemption-reduced' as const),
    bridge: address,
    token: address,
    message: hash32,
    claimed: uint256,
    paid: uint256,
  }),
  fc.record({
    kind: fc.constant('token-priced' as const),
    bridge: address,
    token: address,
    priceE8: uint256,
  }),
)

export const journalEntry: fc.Arbitrary<JournalEntry> = fc.record({
  index: count,
  previous: hash32,
  cause: fc.constantFrom(...entryCauses),
  legs: fc.array(
    fc.record({
      kind: fc.constantFrom(...accountKinds),
      owner: text,
      token: address,
      amount: fc.bigInt({ min: 1n - 2n ** 255n, max: 2n ** 255n - 1n }).filter((amount) => amount !== 0n),
    }),
    { maxLength: 4 },
  ),
  rounding: fc.array(
    fc.record({
      token: address,
      direction: fc.constantFrom('floor' as const, 'up' as const),
      residue: uint256,
      divisor: uint256,
    }),
    { maxLength: 2 },
  ),
})

export const receipt: fc.Arbitrary<Receipt> = fc.record({
  transactionHash: hash32,
  status: fc.constantFrom('ok' as const, 'reverted' as const),
  reason: fc.option(fc.constantFrom(...revertReasons)),
  gasUsed: count,
  entries: fc.array(journalEntry, { maxLength: 3 }),
  events: fc.array(chainEvent, { maxLength: 3 }),
})

const signedHeader = fc.record({ header, signature })
const signedOrder = fc.record({ order, signature })
const signedAttestation = fc.record({ verifier: address, signature, attestation, message: bridgeMessage })
const block = fc.record({
  header,
  signature,
  hash: hash32,
  transactions: fc.array(signedTransaction, { maxLength: 2 }),
  receipts: fc.array(receipt, { maxLength: 2 }),
})

const type = <const T extends string>(name: T) => fc.constant(name)

const outage: fc.Arbitrary<SequencerOutage> = fc.record({
  chainId,
  producer: nodeId,
  mode: fc.constantFrom(...outageModes),
  fromMs: count,
  untilMs: count,
})

/** A message of any type. */
export const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ type: type('order'), body: signedOrder }),
  fc.record({ type: type('award'), body: signedAward }),
  fc.record({ type: type('header'), body: signedHeader }),
  fc.record({ type: type('attestation'), body: signedAttestation }),
  fc.record({
    type: type('evidence'),
    body: fc.oneof(
      fc.record({ kind: type('conflicting-awards'), first: signedAward, second: signedAward }),
      fc.record({ kind: type('conflicting-headers'), first: signedHeader, second: signedHeader }),
      fc.record({
        kind: type('conflicting-attestations'),
        first: signedAttestation,
        second: signedAttestation,
      }),
    ),
  }),
  fc.record({
    type: type('quote-request'),
    body: fc.record({
      quoteId: hash32,
      originChainId: chainId,
      inputToken: address,
      inputAmount: uint256,
      outputChainId: chainId,
      outputToken: address,
      prover: address,
      fillDeadline: uint32,
      expires: uint32,
    }),
  }),
  fc.record({ type: type('bid'), body: fc.record({ bid, signature }) }),
  fc.record({ type: type('transaction'), body: signedTransaction }),
  fc.record({
    type: type('block-request'),
    body: fc.record({ chainId, from: count, to: count, skip: count }),
  }),
  fc.record({
    type: type('order-request'),
    body: fc.record({ orderIds: fc.array(hash32, { maxLength: 5 }) }),
  }),
  fc.record({ type: type('quote'), body: fc.record({ quote, signature }) }),
  fc.record({
    type: type('receipt'),
    body: fc.record({ accepted: fc.boolean(), reason: fc.option(fc.constantFrom(...refusalReasons)) }),
  }),
  fc.record({
    type: type('blocks'),
    body: fc.record({
      chainId,
      blocks: fc.array(block, { maxLength: 2 }),
      next: fc.option(fc.record({ from: count, skip: count })),
    }),
  }),
  fc.record({ type: type('orders'), body: fc.record({ orders: fc.array(signedOrder, { maxLength: 3 }) }) }),
  fc.record({ type: type('source-report'), body: fc.record({ source: nodeId, message: bridgeMessage }) }),
  fc.record({
    type: type('control'),
    body: fc.oneof(
      fc.record({ kind: type('status') }),
      fc.record({ kind: type('report'), offset: count }),
      fc.record({
        kind: type('send-order'),
        intent: fc.record({
          origin: chainId,
          inputSymbol: text,
          inputAmount: uint256,
          destination: chainId,
          outputSymbol: text,
          minOutputBps: uint32,
          award: fc.constantFrom('auctioneer' as const, 'chain' as const, 'user' as const),
        }),
      }),
      fc.record({ kind: type('order-status'), orderId: text }),
      fc.record({ kind: type('partition'), from: fc.array(nodeId, { maxLength: 3 }) }),
      fc.record({ kind: type('heal') }),
      fc.record({ kind: type('forge'), source: nodeId, message: bridgeMessage }),
      fc.record({ kind: type('forge-fill'), source: nodeId, fill: falseFill }),
      fc.record({ kind: type('declare-exploit'), message: bridgeMessage }),
      fc.record({ kind: type('declare-false-fill'), fill: falseFill }),
      fc.record({ kind: type('pause'), bridge: address, authority, until: uint32 }),
      fc.record({ kind: type('unpause'), bridge: address, authority }),
      fc.record({
        kind: type('custody'),
        chainId,
        call: fc.record({ kind: type('pool-withdraw'), bridge: address, token: address, shares: uint256 }),
      }),
      fc.record({
        kind: type('upgrade'),
        ...upgrade,
        on: fc.array(chainId, { maxLength: 3 }),
      }),
      fc.record({ kind: type('sequencer-outage'), outage }),
      fc.record({ kind: type('declare-outage'), outage }),
      fc.record({
        kind: type('declare-censorship'),
        censorship: fc.record({
          chainId,
          mode: fc.constantFrom('exclude' as const, 'lose' as const),
          senders: fc.array(address, { maxLength: 3 }),
          calls: fc.array(text, { maxLength: 3 }),
          sharePercent: count,
          fromMs: count,
          untilMs: count,
        }),
      }),
      fc.record({ kind: type('vote-queued'), bridge: address, vote }),
      fc.record({ kind: type('rule-wrongly'), bridge: address, count }),
      fc.record({
        kind: type('rotate-verifiers'),
        bridge: address,
        verifiers: fc.array(address, { maxLength: 4 }),
        threshold: count,
        on: fc.array(chainId, { maxLength: 3 }),
      }),
      fc.record({ kind: type('share-loss'), bridge: address, symbol: text, claims: uint256 }),
      fc.record({ kind: type('price-asset'), bridge: address, symbol: text, priceE8: uint256 }),
      fc.record({ kind: type('act'), step: text }),
      fc.record({
        kind: type('misbehave'),
        misconduct: fc.record({
          conduct: fc.constantFrom(...misconducts),
          types: fc.array(fc.constantFrom(...messageTypes), { maxLength: 3 }),
          untilMs: count,
        }),
      }),
      fc.record({
        kind: type('source-lie'),
        lie: fc.record({ chainId, lie: fc.constantFrom(...sourceLies), untilMs: count }),
      }),
      fc.record({ kind: type('declare-misconduct'), node: nodeId, untilMs: count }),
      fc.record({ kind: type('shutdown') }),
    ),
  }),
  fc.record({
    type: type('control-reply'),
    body: fc.oneof(
      fc.record({
        kind: type('status'),
        status: fc.record({
          node: nodeId,
          role: text,
          nowMs: count,
          peers: count,
          heads: fc.array(fc.record({ chainId, head: count, safe: count, finalized: count }), {
            maxLength: 3,
          }),
          summary: text,
        }),
      }),
      fc.record({ kind: type('report'), offset: count, total: count, bytes: fc.uint8Array() }),
      fc.record({ kind: type('sent'), orderId: text }),
      fc.record({ kind: type('order'), state: text, detail: text }),
      fc.record({ kind: type('done') }),
      fc.record({ kind: type('refused'), reason: text }),
    ),
  }),
)
