// One node and its ports on libp2p, whatever its vocabulary: assembles clock, timers, transport, execution, store,
// log and meter around it, runs its handlers one at a time, and takes everything down again within a deadline.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Inbound, Node, Ports, Verdict, Vocabulary } from '@solvent/ports'
import type { DiskError } from '@solvent/protocol'
import { AcceleratedClock } from './clock.ts'
import { EventLog } from './event-log.ts'
import { createExecutions } from './execution.ts'
import { LagMeter } from './lag-meter.ts'
import { Mailbox } from './mailbox.ts'
import { MemoryMeter } from './meter.ts'
import { createNetworkBasis, type NetworkBasis, NodeNetwork } from './node-network.ts'
import type { NodeRuntimeOptions } from './node-runtime-options.ts'
import type { PeerTable } from './peer-table.ts'
import type { PenaltyLedger } from './penalty-ledger.ts'
import { SnapshotKeeper } from './snapshot-keeper.ts'
import { DurableStore } from './store/durable-store.ts'
import { AcceleratedTimers } from './timers.ts'
import type { TrafficFilter } from './traffic-filter.ts'
import type { Libp2pTransport } from './transport.ts'

/** A node's life: created stopped, `start`, `stop` or `kill`. */
export class NodeRuntime<V extends Vocabulary> {
  readonly clock: AcceleratedClock
  readonly timers: AcceleratedTimers
  readonly lag: LagMeter
  readonly log: EventLog<V>
  readonly meter = new MemoryMeter()
  readonly filter: TrafficFilter
  readonly transport: Libp2pTransport<V>
  readonly peers: PeerTable
  readonly ledger: PenaltyLedger
  /** The node itself; its handlers may be called from inside its own handlers' turn only. */
  readonly node: Node<V>
  /** Whether an earlier run had written to the store. */
  readonly isRestart: boolean
  readonly #options: NodeRuntimeOptions<V>
  readonly #network: NodeNetwork<V>
  readonly #mailbox: Mailbox
  readonly #store: DurableStore
  readonly #snapshots: SnapshotKeeper
  #state: 'created' | 'running' | 'stopped' = 'created'
  #failed = false

  /** Opens the store and creates node and libp2p; nothing listens yet. */
  static async create<V extends Vocabulary>(options: NodeRuntimeOptions<V>): Promise<NodeRuntime<V>> {
    return new NodeRuntime(options, await createNetworkBasis(options))
  }

  private constructor(options: NodeRuntimeOptions<V>, basis: NetworkBasis) {
    this.#options = options
    this.clock = new AcceleratedClock(options.clock)
    this.#mailbox = new Mailbox((error) => this.#fail(error))
    this.#store = DurableStore.open(options.directory, {
      onDurable: (ticket) => this.#deliver({ via: 'store', ticket }),
      onFailure: (error) => this.#fail(error),
    })
    this.isRestart = this.#store.existed || existsSync(join(options.directory, 'events.jsonl'))
    this.log = new EventLog({
      directory: options.directory,
      node: options.nodeId,
      nowMs: () => this.clock.scenarioMs(),
      toJson: options.toJson,
      onEvent: options.onEvent,
    })
    this.lag = new LagMeter(() => this.clock.nowMs())
    this.timers = new AcceleratedTimers(this.clock, (timer, dueMs) => {
      options.onPop?.(dueMs, timer)
      this.#mailbox.post(() => {
        if (!this.timers.claim(timer)) return
        this.lag.note(dueMs)
        this.node.onTimer(timer)
      })
    })
    this.#network = new NodeNetwork(options, basis, {
      nowMs: () => this.clock.nowMs(),
      acceleration: () => this.clock.acceleration,
      deliver: (inbound, onVerdict) => this.#deliver(inbound, onVerdict),
      count: (name) => this.meter.count(name),
      warn: (text) => this.log.text('warn', text),
    })
    this.peers = this.#network.peers
    this.ledger = this.#network.ledger
    this.filter = this.#network.filter
    this.transport = this.#network.transport
    this.node = options.create(this.#ports())
    this.#snapshots = new SnapshotKeeper({
      directory: options.directory,
      take: () => this.node.snapshot(),
      post: (task) => this.#mailbox.post(task),
    })
  }

  get peerId(): string {
    return this.#network.peerId
  }

  addresses(): readonly string[] {
    return this.#network.addresses()
  }

  /** Peers connected now. */
  get connections(): number {
    return this.#network.connections
  }

  async start(): Promise<void> {
    await this.#network.listen()
    this.#state = 'running'
    const snapshot = this.isRestart ? this.#snapshots.read() : null
    await this.#mailbox.run(() => {
      if (snapshot !== null) this.node.restore(snapshot)
      this.node.start()
    })
    this.#network.meet()
    this.#snapshots.start()
  }

  ready(timeoutMs: number): Promise<void> {
    return this.#network.ready(timeoutMs)
  }

  /** Runs `action` as a handler of the node. */
  act(action: () => void): Promise<void> {
    return this.#mailbox.run(action)
  }

  /** Breaks the connections with these peers; they are made anew when they are needed. */
  disconnect(peerIds: readonly string[]): void {
    for (const peerId of peerIds) this.#network.disconnect(peerId, 'A fault broke the connection.')
  }

  /** The same in the middle of a frame. */
  tear(peerIds: readonly string[]): void {
    for (const peerId of peerIds) this.#network.tear(peerId)
  }

  /** No connection with these peers until the returned function is called. */
  refusePeers(peerIds: readonly string[]): () => void {
    return this.#network.refuse(peerIds)
  }

  /** The store does not say what is durable until the returned function is called. */
  stallStore(): () => void {
    return this.#store.stall()
  }

  /** The store refuses its next write, and the node ends by it. */
  fillStore(error?: DiskError): void {
    this.#store.refuse(error)
  }

  /** Nothing that comes in is let in, and what others than the takers have made ends, until the returned function is called. */
  takeInboundPlaces(takers: ReadonlySet<string> = new Set()): () => void {
    return this.#network.takeInboundPlaces(takers)
  }

  /** As if it had come over the network; for faults and operators. */
  inject(inbound: Inbound<V>, onVerdict?: (verdict: Verdict) => void): void {
    this.#deliver(inbound, onVerdict)
  }

  /** Orderly end, bounded: what is not done after `deadlineMs` is left to the process's exit. */
  async stop(deadlineMs: number): Promise<void> {
    if (this.#state === 'stopped') return
    const wasRunning = this.#state === 'running'
    this.#state = 'stopped'
    const work = this.#takeDown(wasRunning)
    await Promise.race([work, sleep(deadlineMs, undefined, { ref: false })])
  }

  /** As a SIGKILL would: no `stop()` of the node, nothing flushed. The sockets are closed so that a test can go on. */
  async kill(): Promise<void> {
    this.#state = 'stopped'
    this.#quiet()
    this.#store.abandon()
    await Promise.all([this.log.close(), this.#network.close()])
  }

  async #takeDown(wasRunning: boolean): Promise<void> {
    if (wasRunning && !this.#failed) {
      await this.#mailbox
        .run(() => {
          this.node.stop()
          this.#snapshots.write()
        })
        .catch(() => undefined)
    }
    this.#quiet()
    this.#network.savePenalties()
    await Promise.all([this.#store.close(), this.log.close(), this.#network.close()])
  }

  /** Nothing reaches the node any more. */
  #quiet(): void {
    this.#snapshots.stop()
    this.timers.stop()
    this.#network.quiet()
    this.#mailbox.close()
  }

  #fail(error: unknown): void {
    if (this.#failed) return
    this.#failed = true
    this.#quiet()
    this.log.text(
      'warn',
      `A handler failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
    this.#options.onFatal(error)
  }

  #deliver(inbound: Inbound<V>, onVerdict?: (verdict: Verdict) => void): void {
    this.#mailbox.post(() => {
      this.#snapshots.note()
      const verdict = this.#options.intercept?.(inbound) ?? this.node.onMessage(inbound)
      onVerdict?.(verdict)
    })
  }

  #ports(): Ports<V> {
    const { rng, signer, engines } = this.#options
    return {
      clock: this.clock,
      timers: this.timers,
      rng,
      transport: this.transport,
      execution: createExecutions({
        engines,
        post: (task) => this.#mailbox.post(task),
        answer: (ticket, answer) => void this.node.onMessage({ via: 'execution', ticket, answer }),
      }),
      signer,
      store: this.#store,
      log: this.log,
      meter: this.meter,
    }
  }
}
