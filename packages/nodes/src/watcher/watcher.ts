// The watcher: follows all chains and topics, audits, measures, and answers what became of the run. It moves no money
// and gossips nothing but evidence of conflicting commitments. docs/models/watcher.md.
import { type Auditor, createAuditor } from '@solvent/audit'
import type { Inbound, TimerId, Verdict } from '@solvent/ports'
import { type NodeId, secondsToMs } from '@solvent/primitives'
import {
  type Block,
  createStandInVerifier,
  type DomainEvent,
  type SolventVocabulary,
} from '@solvent/protocol'
import { type BlockFollower, createBlockFollower } from '../parts/block-follower.ts'
import { controlRequest } from '../parts/node-status.ts'
import { buildReport, type Gathered, measureRun, type ReportPlan } from './build-report.ts'
import { ControlDesk } from './control-desk.ts'
import { Declarations } from './declarations.ts'
import { EvidenceDesk } from './evidence-desk.ts'
import type { ExposureSnapshot } from './exposures/exposure-snapshot.ts'
import { SnapshotDesk } from './exposures/snapshot-desk.ts'
import { watchExposures } from './exposures/watch-exposures.ts'
import { GossipDesk } from './gossip-desk.ts'
import { GossipMemory } from './gossip-memory.ts'
import { HistoryDesk, type PastMoment } from './history/history-desk.ts'
import type { RunMeasures, RunReport } from './run-report.ts'
import { ShelfDesk } from './shelf-desk.ts'
import { WarningDesk } from './warning/warning-desk.ts'
import { warningSample } from './warning/warning-signals.ts'
import { WatcherBooks } from './watcher-books.ts'
import type { WatcherInit, WatcherNode, WatcherPorts } from './watcher-init.ts'
import { encodeSnapshot, restoreSnapshot } from './watcher-snapshot.ts'

/**
 * A watcher node.
 *
 * @example createWatcher({ spec, node, genesis, prices, users, lossRule: 'far-holders', untilMs, seed: '1' })(ports).report()
 */
export function createWatcher(init: WatcherInit): (ports: WatcherPorts) => WatcherNode {
  return (ports) => new Watcher(init, ports)
}

class Watcher implements WatcherNode {
  readonly #init: WatcherInit
  readonly #plan: ReportPlan
  readonly #ports: WatcherPorts
  readonly #auditor: Auditor
  readonly #follower: BlockFollower
  readonly #books: WatcherBooks
  readonly #evidence: EvidenceDesk
  readonly #gossip: GossipDesk
  readonly #shelves: ShelfDesk
  readonly #memory = new GossipMemory()
  readonly #declarations: Declarations
  readonly #snapshots: SnapshotDesk
  readonly #warnings: WarningDesk | null
  readonly #history: HistoryDesk | null
  readonly #controls: ControlDesk
  /** Its books are those of the chains: a watcher that comes late has to read them first. */
  #hasRead: boolean

  constructor(init: WatcherInit, ports: WatcherPorts) {
    const { spec, genesis, seed } = init
    this.#init = init
    this.#plan = { ...init, debts: init.debts ?? [], actors: init.actors ?? [] }
    this.#books = new WatcherBooks(spec, genesis, this.#plan.actors)
    this.#snapshots = new SnapshotDesk(
      // What was due before it came back it has not seen.
      (init.snapshots ?? []).filter(({ atMs }) => atMs >= ports.clock.nowMs()),
      (moment) => watchExposures(this.#plan, this.#gathered(), moment),
    )
    this.#ports = ports
    this.#hasRead = ports.clock.nowMs() <= spec.genesisMs
    this.#warnings =
      init.warnings === undefined
        ? null
        : new WarningDesk(init.warnings, Math.max(spec.genesisMs, ports.clock.nowMs()), {
            take: (nowMs, sinceMs) => warningSample(this.#plan, this.#gathered(), { nowMs, sinceMs }),
            tell: (event) => ports.log.event(event),
          })
    this.#history =
      init.history === undefined
        ? null
        : new HistoryDesk(init.history, Math.max(spec.genesisMs, ports.clock.nowMs()), (atMs) =>
            this.#past(atMs),
          )
    this.#shelves = new ShelfDesk(
      spec,
      (to, message) => ports.transport.reply(to, message),
      (chainId) => this.#follower.isCaughtUp(chainId),
    )
    this.#evidence = new EvidenceDesk(ports)
    this.#gossip = new GossipDesk({
      spec,
      orders: this.#books.orders,
      memory: this.#memory,
      evidence: this.#evidence,
      nowMs: () => ports.clock.nowMs(),
      tell: (event) => this.#tell(event),
    })
    this.#declarations = new Declarations({
      memory: this.#memory,
      outages: this.#books.outages,
      thefts: this.#books.thefts,
      tell: (event) => this.#tell(event),
    })
    this.#auditor = createAuditor({
      spec,
      genesis,
      // A node does not know on which runtime it lives: it grants declarations the time that the slower one needs.
      applicable: 'libp2p',
      clockSpreadMs: init.clockSpreadMs ?? 0,
      ...(spec.signatures === 'stand-in' ? { verifier: createStandInVerifier({ seed }) } : {}),
    })
    this.#follower = createBlockFollower(
      {
        spec,
        chains: spec.chains.map(({ chainId }) => chainId),
        onBlock: (block) => this.#onBlock(block),
        onOrphaned: (block) => this.#onOrphaned(block),
        onFinality: (chainId) => this.#books.chains.moved(chainId, this.#follower.view),
      },
      ports,
    )
    this.#controls = new ControlDesk({
      ...{ spec, ports },
      follower: this.#follower,
      gossip: this.#gossip,
      declarations: this.#declarations,
      summary: () => this.#summary(),
      report: () => this.report(),
      exposures: () => this.exposures(),
      history: () => this.#history?.kept ?? [],
    })
  }

  start(): void {
    for (const topic of ['orders', 'awards', 'attestations', 'evidence'] as const)
      this.#ports.transport.subscribe(topic)
    this.#follower.start()
  }

  stop(): void {}

  onMessage(inbound: Inbound<SolventVocabulary>): Verdict {
    this.#snapshots.pass(this.#ports.clock.nowMs())
    this.#warnings?.pass(this.#ports.clock.nowMs())
    this.#passHistory()
    if (inbound.via === 'gossip') return this.#onGossip(inbound)
    const followed = this.#follower.onMessage(inbound)
    if (followed !== undefined) return followed
    const served = inbound.via === 'request' ? this.#shelves.onRequest(inbound) : null
    if (served !== null) return served
    const request = controlRequest(this.#init.spec, this.#ports, inbound)
    if (request === null) return 'ignore'
    if (request !== 'answered') request.answer(this.#controls.onControl(request.control))
    return 'accept'
  }

  onTimer(timer: TimerId): void {
    this.#snapshots.pass(this.#ports.clock.nowMs())
    this.#passHistory()
    this.#follower.onTimer(timer)
  }

  /** Chains are read again after a restart; gossip is not repeated, and what was known at a moment no chain says. */
  snapshot(): Uint8Array {
    return encodeSnapshot(this.#memory, this.#history)
  }

  restore(bytes: Uint8Array): void {
    const told = restoreSnapshot(bytes, this.#history)
    this.#gossip.restore(told)
    this.#declarations.restore(told)
  }

  get breaches(): number {
    return this.#auditor.broken.length
  }

  report(): RunReport {
    return buildReport(this.#plan, this.#gathered(), this.#nowMs)
  }

  measures(): RunMeasures {
    return measureRun(this.#plan, this.#gathered(), this.#nowMs)
  }

  exposures(): readonly ExposureSnapshot[] {
    this.#snapshots.pass(this.#nowMs)
    const now = { atMs: this.#nowMs, label: 'end' }
    return [...this.#snapshots.taken, watchExposures(this.#plan, this.#gathered(), now)]
  }

  observe(atMs: number, node: NodeId, event: DomainEvent): void {
    this.#snapshots.pass(this.#ports.clock.nowMs())
    if (event.kind === 'transfer-withheld') this.#books.orders.withheld(event.message, event.digest)
    if (event.kind === 'transfer-governed' && event.verdict === 'held')
      this.#books.orders.held(event.message, event.digest)
    if (event.kind === 'transaction-late') this.#books.fees.late(node, event)
    if (node !== this.#init.node) this.#auditor.event(atMs, node, event)
  }

  observePop(timeMs: number, priority: number, sequence: number): void {
    this.#auditor.pop(timeMs, priority, sequence)
  }

  observeDelivery(sentAtMs: number, deliveredAtMs: number, minLatencyMs: number): void {
    this.#auditor.delivery({ sentAtMs, deliveredAtMs, minLatencyMs })
  }

  /** Not beyond the horizon: books end there. */
  get #nowMs(): number {
    return Math.min(this.#ports.clock.nowMs(), this.#init.untilMs)
  }

  #passHistory(): void {
    if (this.#history === null) return
    this.#hasRead ||= this.#init.spec.chains.every(({ chainId }) => this.#follower.isCaughtUp(chainId))
    if (this.#hasRead) this.#history.pass(this.#nowMs)
  }

  #past(atMs: number): PastMoment {
    const { orders, balances, ...measures } = measureRun(this.#plan, this.#gathered(), atMs)
    return { measures, exposures: watchExposures(this.#plan, this.#gathered(), { atMs, label: 'past' }) }
  }

  #gathered(): Gathered {
    return {
      auditor: this.#auditor,
      books: this.#books,
      view: this.#follower.view,
      evidence: this.#evidence.counts,
    }
  }

  #onGossip(inbound: Extract<Inbound<SolventVocabulary>, { via: 'gossip' }>): Verdict {
    const { message } = inbound
    if (message.type !== 'header') return this.#gossip.hear(message)
    this.#evidence.header(message.body)
    return this.#follower.onMessage(inbound) ?? 'accept'
  }

  #onBlock(block: Block): void {
    this.#shelves.followed(block)
    if (this.#isPastHorizon(block)) return
    this.#auditor.block(block, this.#ports.clock.nowMs())
    this.#books.followed(block, this.#follower.view)
    this.#ports.meter.gauge('invariants-broken', this.#auditor.broken.length)
  }

  #onOrphaned(block: Block): void {
    this.#shelves.orphaned(block)
    if (this.#isPastHorizon(block)) return
    this.#books.orphaned(block)
  }

  #isPastHorizon({ header }: Block): boolean {
    return secondsToMs(header.timestamp) > this.#init.untilMs
  }

  #summary(): string {
    const broken = this.#auditor.broken.length
    return `${this.#books.orders.orders.size} orders, ${broken} invariants broken, ${this.#evidence.seen} pieces of evidence`
  }

  /** The audit hears of what the watcher itself saw. */
  #tell(event: DomainEvent): void {
    this.#auditor.event(this.#ports.clock.nowMs(), this.#init.node, event)
  }
}
