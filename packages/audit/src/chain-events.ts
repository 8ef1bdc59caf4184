// One transaction through the rules: entries first, because events are checked against the balances they left.
import type { ChainEvent, EntryCause } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import type { RuleSet } from './rule-set.ts'

/** Entries that take value into a bridge's custody. */
const SENDING: ReadonlySet<EntryCause> = new Set<EntryCause>(['bridge-lock', 'bridge-burn', 'pool-in'])

/** Audits the receipt in scope. */
export function auditReceipt(rules: RuleSet, scope: Scope): void {
  const { entries, events } = scope.receipt
  rules.liveness.attempted(scope)
  rules.limiters.attempted(scope)
  rules.messages.batch(scope)
  rules.departures.attempted(scope)
  rules.guards.attempted(scope)
  rules.reorgs.included(scope)
  rules.keys.included(scope)
  rules.fees.receipt(scope)
  rules.promises.included(scope)
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!
    rules.ledger.entry(scope, entry)
    rules.roundings.entry(scope, entry)
    rules.transferFees.entry(scope, entry)
    rules.derivatives.entry(scope, entry)
    if (SENDING.has(entry.cause)) rules.roundings.sent(scope, entry)
  }
  rules.credit.refused(scope)
  rules.forced.refused(scope)
  rules.authorities.receipt(scope)
  for (let i = 0; i < events.length; i++) {
    auditEvent(rules, scope, events[i]!)
    rules.governors.event(scope, events[i]!)
    rules.credit.event(scope, events[i]!)
    rules.collateralChecks.event(scope, events[i]!)
    rules.derivatives.event(scope, events[i]!)
  }
  rules.pools.receiptDone(scope)
  rules.credit.receiptDone(scope)
  rules.guards.receiptDone(scope)
  rules.locks.receiptDone(scope)
  rules.bridges.receiptDone(scope.atMs)
}

function auditEvent(rules: RuleSet, scope: Scope, event: ChainEvent): void {
  const call = scope.transaction?.call
  switch (event.kind) {
    case 'order-opened':
      if (call?.kind === 'open-part') rules.parts.opened(scope, event, call)
      else rules.signatures.opened(scope, event.orderId, event.order, event.signature)
      rules.prices.opened(scope, event)
      if (call?.kind === 'open') rules.awards.used(scope, event.orderId, event.order, call.award)
      rules.order.opened(scope, event)
      break
    case 'key-rotated':
      rules.keys.rotated(scope, event)
      break
    case 'order-cancelled':
      if (call?.kind === 'cancel') rules.signatures.cancelled(scope, event.orderId, call.order)
      rules.parts.cancelled(event.orderId)
      rules.order.cancelled(scope, event)
      break
    case 'order-filled':
      rules.signatures.filled(scope, event.orderId, event.order)
      rules.prices.filled(scope, event)
      rules.roundings.filled(scope, event)
      if (call?.kind === 'fill') rules.awards.used(scope, event.orderId, event.order, call.award)
      rules.proofs.filled(scope, rules.order.filled(scope, event))
      break
    case 'fill-proven': {
      const record = rules.order.proven(scope, event)
      if (record !== undefined) rules.proofs.proven(scope, record, event)
      break
    }
    case 'order-claimed': {
      const record = rules.order.settled(scope, event)
      if (record === undefined) break
      rules.proofs.settled(scope, record, event)
      rules.prices.settled(scope, record, event.amount)
      break
    }
    case 'order-refunded':
      rules.order.refunded(scope, event)
      break
    case 'message-sent':
      scope.chain.outbox.append(event.digest)
      rules.messages.sent(scope, event)
      rules.limiters.sent(scope, event)
      rules.departures.sent(scope, event)
      rules.governors.sent(scope, event)
      rules.bridges.sent(scope, event)
      break
    case 'message-delivered':
      rules.exploits.delivered(event)
      rules.messages.delivered(scope, event)
      if (event.evidence.kind === 'bundle') rules.bundles.delivered(scope, event, event.evidence)
      rules.inclusions.delivered(scope, event)
      rules.pauses.delivered(scope, event.message)
      rules.limiters.delivered(scope, event)
      rules.governors.delivered(scope, event)
      rules.bridges.delivered(scope, event)
      rules.pools.delivered(scope, event)
      break
    case 'bundle-proposed':
      rules.bundles.proposed(scope, event)
      break
    case 'bundle-disputed':
      rules.bundles.disputed(scope, event)
      break
    case 'bundle-ruled':
      rules.bundles.ruled(scope, event)
      break
    case 'message-skipped':
      rules.messages.skipped(scope, event)
      rules.limiters.skipped(scope, event)
      break
    case 'message-conflict':
      rules.messages.conflict(scope, event)
      break
    case 'bridge-transfer':
      rules.bridges.moved(scope, event)
      if (event.step === 'pooled') rules.pools.pooled(scope, event)
      if (event.step === 'minted') rules.roundings.minted(scope, event)
      break
    case 'payout-made':
      rules.pauses.paidOut(scope, event.bridge)
      rules.bridges.paidOut(scope, event)
      rules.pools.changed(scope, event)
      break
    case 'payout-queued':
      rules.bridges.paidOut(scope, event)
      rules.pools.changed(scope, event)
      break
    case 'hash-lock-created':
    case 'hash-lock-withdrawn':
    case 'hash-lock-cancelled':
      rules.locks.changed(scope, event)
      break
    case 'pool-deposited':
    case 'pool-withdrawn':
    case 'pool-refilled':
    case 'pool-rate-set':
      rules.pools.changed(scope, event)
      break
    case 'asset-issued':
    case 'asset-redeemed':
      rules.bridges.issuance(scope, event)
      break
    case 'bridge-paused':
      rules.pauses.paused(scope, event)
      break
    case 'bridge-unpaused':
      rules.pauses.unpaused(scope, event)
      break
    case 'bridge-refilled':
    case 'loss-shared':
    case 'redemption-reduced':
      rules.bridges.recovery(scope, event)
      break
    case 'transfer-queued':
      rules.messages.queued(scope, event)
      rules.limiters.queued(scope, event)
      rules.bridges.limited(event)
      break
    case 'transfer-voted':
      rules.limiters.voted(scope, event)
      break
    case 'transfer-censored':
      rules.limiters.censored(scope, event)
      rules.bridges.limited(event)
      break
    case 'token-priced':
      rules.limiters.priced(scope, event)
      break
    case 'transfer-released':
      rules.bridges.limited(event)
      break
    case 'contract-upgraded':
      rules.flaws.upgraded(scope.chain.chainId, event)
      rules.rollups.upgraded(scope, event)
      break
    case 'rotation-voted':
      rules.rotations.voted(scope, event)
      break
    case 'verifiers-rotated':
      rules.rotations.rotated(scope, event)
      break
    case 'batch-posted':
      rules.batches.batched(scope, event)
      break
    case 'root-posted':
    case 'proof-posted':
      rules.rollups.proposed(scope, event)
      break
    case 'transaction-forced':
      rules.forced.forced(scope, event)
      rules.outages.forced(event.hash)
      break
    case 'forced-read':
      rules.forced.read(scope, event)
      break
    case 'roots-deleted':
      rules.rollups.deleted(scope, event)
      break
    case 'roots-reset':
      rules.rollups.reset(scope, event)
      break
    case 'challenge-lost':
      rules.rollups.upheld(scope, event)
      break
    case 'validators-slashed':
      rules.slashes.slashed(scope, event)
      break
    case 'preconfirmations-bonded':
      rules.promises.bonded(scope, event)
      break
    case 'promise-broken':
      rules.promises.broken(scope, event)
      break
    case 'swapped':
      if (rules.ranges.has(event.market)) rules.ranges.swapped(scope, event)
      else if (rules.books.has(event.market)) rules.books.swapped(scope, event)
      else rules.markets.swapped(scope, event)
      break
    case 'limit-order-placed':
      rules.books.placed(scope, event)
      break
    case 'limit-order-filled':
      rules.books.filled(scope, event)
      break
    case 'limit-order-withdrawn':
      rules.books.withdrawn(scope, event)
      break
    case 'tick-moved':
      rules.ranges.moved(scope, event)
      break
    case 'range-minted':
      rules.ranges.minted(scope, event)
      rules.vaults.ranged(scope, event)
      break
    case 'range-burned':
      rules.ranges.burned(scope, event)
      rules.vaults.ranged(scope, event)
      break
    case 'vault-shares-minted':
      rules.vaults.minted(scope, event)
      break
    case 'vault-shares-burned':
      rules.vaults.burned(scope, event)
      break
    case 'liquidity-added':
    case 'liquidity-removed':
      rules.markets.provided(scope, event)
      break
    case 'market-synced':
      if (rules.ranges.has(event.market)) rules.ranges.synced(scope, event)
      else if (rules.books.has(event.market)) rules.books.synced(scope, event)
      else rules.markets.synced(scope, event)
      break
    case 'stablecoin-exchanged':
      rules.stablecoins.exchanged(scope, event)
      break
    case 'headers-accepted':
    case 'client-frozen':
    case 'nonce-used':
    case 'breaker-tripped':
    case 'measure-proposed':
    case 'measure-voted':
    case 'measure-enacted':
    case 'reserve-terms-set':
      break
  }
}
