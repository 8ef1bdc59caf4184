// Random calls and transactions.
import fc from 'fast-check'
import type { Call } from '../../chain/call.ts'
import type { Transaction } from '../../chain/transaction.ts'
import { headerForms } from '../../network/bridge-spec.ts'
import {
  authority,
  batchProof,
  bridgeMessage,
  bundleClaim,
  messageProof,
  queued,
  upgrade,
  verifierSet,
  vote,
} from './bridge.ts'
import { authorityCall } from './controls.ts'
import { derivativeCall } from './derivatives.ts'
import { header, headerEvidence, promise } from './header.ts'
import { lendingCall } from './lending.ts'
import { marketCall } from './market.ts'
import { oracleCall } from './oracle.ts'
import { order, signedAward } from './order.ts'
import { address, chainId, count, hash32, signature, uint32, uint256 } from './scalars.ts'
import { stablecoinCall } from './stablecoin.ts'

export const call: fc.Arbitrary<Call> = fc.oneof(
  lendingCall,
  oracleCall,
  marketCall,
  stablecoinCall,
  derivativeCall,
  authorityCall,
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
  fc.record({
    kind: fc.constant('open-part' as const),
    order,
    signature,
    input: uint256,
    salt: uint32,
  }),
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
  fc.record({
    kind: fc.constant('deliver-batch' as const),
    messages: fc.array(bridgeMessage, { maxLength: 3 }),
    proof: batchProof,
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
  fc.record({ kind: fc.constant('force-inclusion' as const), rollup: chainId, read: count }),
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
  fc.record({ kind: fc.constant('rotate-key' as const), key: address }),
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

/** Of an account whose key has been rotated. */
export const rekeyedTransaction: fc.Arbitrary<Transaction> = fc
  .tuple(transaction, address)
  .map(([plain, signer]) => ({ ...plain, signer }))

export const signedTransaction = fc.record({
  transaction: fc.oneof(transaction, rekeyedTransaction),
  signature,
})
