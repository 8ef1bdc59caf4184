// The audit as one object: it hands what it is told to the families of rules, in the order in which they need it.
import { type Address, type ChainId, type Hash32, type NodeId, ZERO_HASH } from '@solvent/primitives'
import {
  type Block,
  type ChainEvent,
  type DomainEvent,
  messageDigest,
  type PauseAuthority,
  type Receipt,
} from '@solvent/protocol'
import type { AuditReport } from './audit-report.ts'
import type {
  AccountBalance,
  Auditor,
  AuditorOptions,
  Delivery,
  RouteBacking,
  ShownValue,
} from './auditor.ts'
import { AwardRules } from './award-rules.ts'
import { sortedBalances } from './balances.ts'
import { BlockRules } from './block-rules.ts'
import { BridgeRules } from './bridge-rules.ts'
import { type ChainRecord, NetworkIndex, type Scope } from './chain-record.ts'
import { CommitmentRules } from './commitment-rules.ts'
import { ExploitRegister } from './exploit-register.ts'
import { FinalityTracker } from './finality-tracker.ts'
import { LedgerRules } from './ledger-rules.ts'
import { LivenessRules } from './liveness-rules.ts'
import { MessageRules } from './message-rules.ts'
import { OrderTable } from './order-record.ts'
import { OrderRules } from './order-rules.ts'
import { PriceRules } from './price-rules.ts'
import { ProofRules } from './proof-rules.ts'
import { QueueRules } from './queue-rules.ts'
import { ReservationRules } from './reservation-rules.ts'
import { RoundingRules } from './rounding-rules.ts'
import { createSignatureCheck } from './signature-check.ts'
import { SignatureRules } from './signature-rules.ts'
import { Tally } from './tally.ts'
import { checkShownValue } from './valuation-rules.ts'

/** A live watcher may hear of an exploit after the block that it forged (chain time, s, under acceleration). */
const LIVE_DECLARATION_GRACE_SECONDS = 600
/** Entries between two full sums. */
const SUM_INTERVAL = 1_000

/**
 * Makes the auditor of one run.
 *
 * @example
 * const auditor = createAuditor({ spec, genesis, verifier, applicable: 'sim' })
 * auditor.block(block)
 * auditor.finish(nowMs).broken // []
 */
export function createAuditor(options: AuditorOptions): Auditor {
  return new NetworkAuditor(options)
}

class NetworkAuditor implements Auditor {
  readonly #tally = new Tally()
  readonly #index: NetworkIndex
  readonly #orders = new OrderTable()
  readonly #exploits = new ExploitRegister()
  readonly #finality: FinalityTracker
  readonly #ledger: LedgerRules
  readonly #roundings: RoundingRules
  readonly #order: OrderRules
  readonly #prices: PriceRules
  readonly #proofs: ProofRules
  readonly #awards: AwardRules
  readonly #signatures: SignatureRules
  readonly #messages: MessageRules
  readonly #bridges: BridgeRules
  readonly #blocks: BlockRules
  readonly #liveness: LivenessRules
  readonly #reservations: ReservationRules
  readonly #commitments: CommitmentRules
  readonly #queue: QueueRules
  readonly #accepted = new Map<NodeId, Set<Hash32>>()
  readonly #lockedAtGenesis = new Map<string, bigint>()
  #entriesSinceSums = 0
  #latestMs: number

  constructor({ spec, genesis, verifier, applicable }: AuditorOptions) {
    const tally = this.#tally
    const check = createSignatureCheck(spec.signatures, verifier)
    const index = new NetworkIndex(spec)
    this.#index = index
    this.#latestMs = spec.genesisMs
    this.#finality = new FinalityTracker(spec)
    this.#ledger = new LedgerRules(tally)
    this.#roundings = new RoundingRules(tally, index)
    this.#order = new OrderRules(tally, this.#orders)
    this.#prices = new PriceRules(tally)
    this.#proofs = new ProofRules(tally, index, this.#finality, this.#exploits)
    this.#awards = new AwardRules(tally, check)
    this.#signatures = new SignatureRules(tally, index, check)
    this.#messages = new MessageRules(tally, index, check, this.#exploits)
    this.#bridges = new BridgeRules(
      tally,
      index,
      this.#exploits,
      applicable === 'sim' ? 0 : LIVE_DECLARATION_GRACE_SECONDS,
    )
    this.#blocks = new BlockRules(tally, index, this.#finality)
    this.#liveness = new LivenessRules(tally, index, this.#orders)
    this.#reservations = new ReservationRules(tally, spec.solvers)
    this.#commitments = new CommitmentRules(tally)
    this.#queue = new QueueRules(tally)
    for (const chain of genesis) {
      const book = index.chains.get(chain.chainId)?.book
      for (const balance of chain.balances) {
        book?.post(balance)
        book?.post({ kind: 'SUPPLY', owner: '', token: balance.token, amount: -balance.amount })
        if (book !== undefined) book.token(balance.token).minted += balance.amount
        if (balance.kind === 'BRIDGE_LOCK')
          this.#lockedAtGenesis.set(`${balance.owner}/${balance.token}`, balance.amount)
      }
    }
    this.#bridges.genesis(spec.genesisMs)
  }

  get broken() {
    return this.#tally.broken
  }

  block(block: Block): void {
    const { header } = block
    const chain = this.#index.chains.get(header.chainId)
    if (chain === undefined) return
    const atMs = this.#index.spec.genesisMs + header.number * chain.spec.slotMs
    this.#latestMs = Math.max(this.#latestMs, atMs)
    if (chain.head !== null && header.parentHash !== chain.headHash) this.#reorganise(chain, block, atMs)
    this.#blocks.block(chain, block, atMs)
    this.#blocks.l1Finality(chain, block, atMs)
    const scope: Scope = {
      chain,
      block,
      timestamp: header.timestamp,
      atMs,
      receipt: NO_RECEIPT,
      transaction: null,
    }
    if (header.number === 0) this.#genesisBlock(scope)
    else {
      for (let i = 0; i < block.receipts.length; i++) {
        scope.receipt = block.receipts[i]!
        scope.transaction = block.transactions[i]?.transaction ?? null
        this.#receipt(scope)
      }
    }
    this.#blocks.committed(chain, block, atMs)
    chain.head = header
    chain.headHash = block.hash
    chain.knownUntil = Math.max(chain.knownUntil, header.timestamp)
    chain.branch.push(block)
    if (chain.spec.consensus.kind === 'l1') {
      this.#proofs.advance()
      this.#bridges.advance()
      this.#prune()
    }
  }

  event(atMs: number, node: NodeId, event: DomainEvent): void {
    if (atMs > this.#latestMs) this.#latestMs = atMs
    switch (event.kind) {
      case 'order-signed':
        this.#reservations.signed(event.orderId, event.order)
        this.#signatures.accepted(atMs, event.orderId, event.order, event.signature)
        break
      case 'order-accepted':
        this.#signatures.accepted(atMs, event.orderId, event.order, event.signature)
        this.#acceptOnce(atMs, node, event.orderId)
        break
      case 'auction-closed':
        this.#awards.closed(atMs, event.award, event.order)
        this.#reservations.closed(event.award, event.order)
        break
      case 'inventory-reserved':
      case 'inventory-released':
        this.#reservations.changed(atMs, event)
        break
      case 'commitment':
        this.#commitments.committed(atMs, node, event.signer, event.slot, event.digest)
        break
      case 'receivable':
        if (event.state === 'stranded') this.#liveness.stranded(event.orderId)
        break
      case 'exploit-declared':
        this.#exploits.declare(messageDigest(event.message))
        this.#bridges.declared(messageDigest(event.message))
        break
      case 'fault':
        this.#liveness.fault()
        if (event.fault === 'crash' && event.phase === 'begin') this.#reservations.nodeDown(event.target)
        break
      case 'node-started':
      case 'node-restarted':
        this.#accepted.delete(node)
        this.#reservations.nodeUp(node)
        break
    }
  }

  pop(timeMs: number, priority: number, sequence: number): void {
    this.#queue.pop(timeMs, priority, sequence)
  }

  delivery(delivery: Delivery): void {
    this.#queue.delivery(delivery)
  }

  shown(value: ShownValue): void {
    checkShownValue(this.#tally, this.#index, value, this.#latestMs)
  }

  live(chainId: ChainId, balances: readonly Omit<AccountBalance, 'chainId'>[]): void {
    const chain = this.#index.chains.get(chainId)
    if (chain === undefined) return
    this.#tally.checked['L-5']++
    const folded = sortedBalances([chain])
    const live = balances.filter(({ amount }) => amount !== 0n)
    const isSame =
      live.length === folded.length &&
      live.every(({ kind, owner, token, amount }) => chain.book.token(token).balance(kind, owner) === amount)
    if (!isSame) {
      this.#tally.breach(
        'L-5',
        this.#latestMs,
        chainId,
        `the chain holds ${live.length} balances, the journal folds to ${folded.length}, and they are not the same`,
      )
    }
  }

  balances(): AccountBalance[] {
    return sortedBalances(this.#index.chains.values())
  }

  backing(): RouteBacking[] {
    return this.#bridges.backing()
  }

  pausedBy(chainId: ChainId, bridge: Address, atSeconds: number): PauseAuthority | null {
    return this.#bridges.freezes.holder(chainId, bridge, atSeconds)
  }

  finish(nowMs: number = this.#latestMs): AuditReport {
    const atMs = Math.max(nowMs, this.#latestMs)
    for (const chain of this.#index.chains.values()) this.#ledger.sums(chain, atMs)
    this.#proofs.advance()
    this.#bridges.end(atMs)
    this.#bridges.sums(atMs)
    this.#order.end(this.#index.chains, atMs)
    this.#roundings.end(
      (bridge, token) =>
        (this.#lockedAtGenesis.get(`${bridge}/${token}`) ?? 0n) - this.#bridges.releasedBy(bridge, token),
      atMs,
    )
    this.#reservations.end(atMs)
    this.#liveness.end(this.#finality, this.#bridges, this.#exploits, atMs)
    return this.#tally.report()
  }

  #receipt(scope: Scope): void {
    const { receipt } = scope
    this.#liveness.attempted(scope)
    for (let i = 0; i < receipt.entries.length; i++) {
      const entry = receipt.entries[i]!
      this.#ledger.entry(scope, entry)
      this.#roundings.entry(scope, entry)
      if (entry.cause === 'bridge-lock' || entry.cause === 'bridge-burn') this.#roundings.sent(scope, entry)
    }
    for (let i = 0; i < receipt.events.length; i++) this.#chainEvent(scope, receipt.events[i]!)
    this.#bridges.receiptDone(scope.atMs)
    // Only between transactions: within one, entries and events are not yet in step.
    this.#entriesSinceSums += receipt.entries.length
    if (this.#entriesSinceSums >= SUM_INTERVAL) this.#sums(scope.atMs)
  }

  #chainEvent(scope: Scope, event: ChainEvent): void {
    const call = scope.transaction?.call
    switch (event.kind) {
      case 'order-opened':
        this.#signatures.opened(scope, event.orderId, event.order, event.signature)
        this.#prices.opened(scope, event)
        if (call?.kind === 'open') this.#awards.used(scope, event.orderId, event.order, call.award)
        this.#order.opened(scope, event)
        break
      case 'order-cancelled':
        if (call?.kind === 'cancel') this.#signatures.cancelled(scope, event.orderId, call.order)
        this.#order.cancelled(scope, event)
        break
      case 'order-filled': {
        this.#signatures.filled(scope, event.orderId, event.order)
        this.#prices.filled(scope, event)
        this.#roundings.filled(scope, event)
        if (call?.kind === 'fill') this.#awards.used(scope, event.orderId, event.order, call.award)
        this.#proofs.filled(scope, this.#order.filled(scope, event))
        break
      }
      case 'fill-proven': {
        const record = this.#order.proven(scope, event)
        if (record !== undefined) this.#proofs.proven(scope, record, event)
        break
      }
      case 'order-claimed': {
        const record = this.#order.settled(scope, event)
        if (record === undefined) break
        this.#proofs.settled(scope, record, event)
        this.#prices.settled(scope, record, event.amount)
        break
      }
      case 'order-refunded':
        this.#order.refunded(scope, event)
        break
      case 'message-sent':
        this.#messages.sent(scope, event)
        this.#bridges.sent(scope, event)
        break
      case 'message-delivered':
        this.#messages.delivered(scope, event)
        this.#bridges.delivered(scope, event)
        break
      case 'message-conflict':
        this.#messages.conflict(scope, event)
        break
      case 'bridge-transfer':
        this.#bridges.moved(scope, event)
        break
      case 'bridge-paused':
        this.#bridges.paused(scope, event)
        break
      case 'bridge-unpaused':
        this.#bridges.unpaused(scope, event)
        break
      case 'batch-posted':
        this.#blocks.batched(scope, event)
        break
      case 'root-posted':
      case 'proof-posted':
        this.#blocks.proposed(scope, event)
        break
      case 'nonce-used':
        break
    }
  }

  /** Block 0 must mint what the genesis says; the books hold that from the start. */
  #genesisBlock(scope: Scope): void {
    for (const receipt of scope.block.receipts) {
      scope.receipt = receipt
      for (const entry of receipt.entries) this.#ledger.genesis(scope, entry)
    }
  }

  #sums(atMs: number): void {
    this.#entriesSinceSums = 0
    for (const chain of this.#index.chains.values()) this.#ledger.sums(chain, atMs)
    this.#bridges.sums(atMs)
  }

  /** O-15 at a node: it takes a digest in once. */
  #acceptOnce(atMs: number, node: NodeId, orderId: Hash32): void {
    this.#tally.checked['O-15']++
    let orders = this.#accepted.get(node)
    if (orders === undefined) {
      orders = new Set()
      this.#accepted.set(node, orders)
    }
    if (orders.has(orderId))
      this.#tally.breach('O-15', atMs, null, `${node} accepts order ${orderId} a second time`)
    else orders.add(orderId)
  }

  /** Takes the branch back to the block's parent, newest block first. */
  #reorganise(chain: ChainRecord, block: Block, atMs: number): void {
    const at = chain.branch.findLastIndex(({ hash }) => hash === block.header.parentHash)
    if (at < 0) return
    this.#blocks.reorganised(chain, chain.branch[at]!.header.number, atMs)
    while (chain.branch.length > at + 1) this.#undo(chain, chain.branch.pop()!)
    const head = chain.branch[at]!
    chain.head = head.header
    chain.headHash = head.hash
    chain.knownUntil = head.header.timestamp
    if (chain.spec.consensus.kind === 'l1') this.#finality.rewind(chain.chainId, head.header.number)
  }

  #undo(chain: ChainRecord, block: Block): void {
    for (let i = block.receipts.length - 1; i >= 0; i--) {
      const receipt = block.receipts[i]!
      const call = block.transactions[i]?.transaction.call
      for (let j = receipt.events.length - 1; j >= 0; j--) {
        const event = receipt.events[j]!
        this.#order.undo(chain, event)
        this.#messages.undo(chain, event)
        this.#bridges.undo(chain, event)
        this.#blocks.undo(event)
        if (event.kind === 'order-opened') this.#signatures.undoNonce(event.order, 'open')
        if (event.kind === 'order-cancelled' && call?.kind === 'cancel')
          this.#signatures.undoNonce(call.order, 'cancel')
      }
      for (let j = receipt.entries.length - 1; j >= 0; j--) this.#ledger.undo(chain, receipt.entries[j]!)
    }
  }

  /** Forgets blocks that no re-org may reach; one finalised block stays, for branches that leave it. */
  #prune(): void {
    for (const chain of this.#index.chains.values()) {
      const finalized = this.#finality.finalized(chain.chainId)
      let known = 0
      while (known + 1 < chain.branch.length && chain.branch[known + 1]!.header.number <= finalized) known++
      if (known > 0) chain.branch.splice(0, known)
    }
  }
}

const NO_RECEIPT: Receipt = {
  transactionHash: ZERO_HASH,
  status: 'ok',
  reason: null,
  gasUsed: 0,
  entries: [],
  events: [],
}
