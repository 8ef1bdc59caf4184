// The audit as one object: it hands what it is told to the families of rules, in the order in which they need it.
import { type Address, type ChainId, type NodeId, ZERO_HASH } from '@solvent/primitives'
import type { Block, DomainEvent, PauseAuthority, Receipt } from '@solvent/protocol'
import type { AuditReport, Breach } from './audit-report.ts'
import type {
  AccountBalance,
  Auditor,
  AuditorOptions,
  Delivery,
  RouteBacking,
  ShownValue,
} from './auditor.ts'
import { sortedBalances } from './balances.ts'
import { dropLapsed, prune, reorganise } from './branch.ts'
import { auditReceipt } from './chain-events.ts'
import type { ChainRecord, Scope } from './chain-record.ts'
import { NodeEvents } from './node-events.ts'
import { RuleSet } from './rule-set.ts'
import { checkJournalHash, checkLiveBalances, checkOutboxRoot, checkStateRoot } from './state-rules.ts'
import { checkShownValue } from './valuation-rules.ts'
import type { VaultBacking } from './vault-record.ts'

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
  readonly #rules: RuleSet
  readonly #nodes: NodeEvents
  readonly #genesisMs: number
  #entriesSinceSums = 0
  #latestMs: number

  constructor(options: AuditorOptions) {
    this.#rules = new RuleSet(options)
    this.#nodes = new NodeEvents(this.#rules)
    this.#genesisMs = options.spec.genesisMs
    this.#latestMs = options.spec.genesisMs
  }

  get broken(): readonly Breach[] {
    return this.#rules.tally.broken
  }

  block(block: Block, seenAtMs?: number): void {
    const { header } = block
    const rules = this.#rules
    const chain = rules.index.chains.get(header.chainId)
    if (chain === undefined) return
    const atMs = this.#genesisMs + header.number * chain.spec.slotMs
    if (atMs > this.#latestMs) this.#latestMs = atMs
    if (chain.head === null) chain.rootHash ??= header.parentHash
    else if (header.parentHash !== chain.headHash) reorganise(rules, chain, block, atMs)
    chain.missed += header.missedBefore
    rules.blocks.block(chain, block, atMs)
    if (seenAtMs !== undefined) {
      rules.clocks.seen(chain, block, atMs, seenAtMs)
      rules.index.heard(chain, seenAtMs)
    }
    rules.blocks.l1Finality(chain, block, atMs)
    rules.fees.block(chain, block, atMs)
    rules.outages.block(chain, block)
    if (chain.spec.consensus.kind !== 'l1') rules.forced.before(chain, block, atMs)
    rules.batches.inWindow(chain, block, atMs)
    this.#receipts(chain, block, atMs)
    checkJournalHash(rules.tally, chain, block, atMs)
    checkStateRoot(rules.tally, chain, block, atMs)
    checkOutboxRoot(rules.tally, chain, block, atMs)
    chain.head = header
    chain.headHash = block.hash
    chain.knownUntil = Math.max(chain.knownUntil, header.timestamp)
    chain.branch.push(block)
    rules.inclusions.advance()
    if (chain.spec.consensus.kind !== 'l1') return rules.batches.followed(chain, block, atMs)
    rules.rollups.l1Block(chain, block, atMs)
    dropLapsed(rules, chain, block, atMs)
    rules.proofs.advance()
    rules.bridges.advance()
    rules.governors.advance()
    prune(rules)
  }

  event(atMs: number, node: NodeId, event: DomainEvent): void {
    if (atMs > this.#latestMs) this.#latestMs = atMs
    this.#nodes.event(atMs, node, event)
  }

  pop(timeMs: number, priority: number, sequence: number): void {
    this.#rules.queue.pop(timeMs, priority, sequence)
  }

  delivery(delivery: Delivery): void {
    this.#rules.queue.delivery(delivery)
  }

  shown(value: ShownValue): void {
    checkShownValue(this.#rules.tally, this.#rules.index, value, this.#latestMs)
  }

  live(chainId: ChainId, balances: readonly Omit<AccountBalance, 'chainId'>[]): void {
    const chain = this.#rules.index.chains.get(chainId)
    if (chain !== undefined) checkLiveBalances(this.#rules.tally, chain, balances, this.#latestMs)
  }

  balances(): AccountBalance[] {
    return sortedBalances(this.#rules.index.chains.values())
  }

  backing(): RouteBacking[] {
    return this.#rules.bridges.backing()
  }

  vaults(): VaultBacking[] {
    return this.#rules.vaults.all()
  }

  pausedBy(chainId: ChainId, bridge: Address, atSeconds: number): PauseAuthority | null {
    return this.#rules.pauses.holder(chainId, bridge, atSeconds)
  }

  finish(nowMs: number = this.#latestMs): AuditReport {
    const { tally } = this.#rules
    const before = tally.evaluations()
    this.#rules.end(Math.max(nowMs, this.#latestMs))
    const report = tally.report()
    // The checks of the end count once, however often a run in progress is asked for its report.
    tally.setEvaluations(before)
    return report
  }

  #receipts(chain: ChainRecord, block: Block, atMs: number): void {
    const { timestamp, number } = block.header
    const scope: Scope = { chain, block, timestamp, atMs, receipt: NO_RECEIPT, transaction: null }
    this.#rules.bonds.block(block, 1n)
    this.#rules.slashPayments.block(block, 1n)
    this.#rules.netting.block(block)
    for (let i = 0; i < block.receipts.length; i++) {
      scope.receipt = block.receipts[i]!
      scope.transaction = block.transactions[i]?.transaction ?? null
      if (number === 0) this.#rules.ledger.genesis(scope)
      else this.#receipt(scope)
    }
  }

  #receipt(scope: Scope): void {
    auditReceipt(this.#rules, scope)
    // Full sums only between transactions: within one, entries and events are not yet in step.
    this.#entriesSinceSums += scope.receipt.entries.length
    if (this.#entriesSinceSums < SUM_INTERVAL) return
    this.#entriesSinceSums = 0
    this.#rules.sums(scope.atMs)
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
