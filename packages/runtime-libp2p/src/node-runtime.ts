// One node and its ports on libp2p, whatever its vocabulary: assembles clock, timers, transport, execution, store,
// log and meter around it, runs its handlers one at a time, and takes everything down again within a deadline.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Inbound, Node, Ports, Verdict, Vocabulary } from '@solvent/ports'
import { SolventError } from '@solvent/primitives'
import { createBanGater } from './ban-gater.ts'
import { BringUp } from './bring-up.ts'
import { AcceleratedClock } from './clock.ts'
import { createDoorkeeper } from './door/create-doorkeeper.ts'
import type { Doorkeeper } from './door/doorkeeper.ts'
import { EventLog } from './event-log.ts'
import { createExecutions } from './execution.ts'
import { gossipNeighbours } from './gossip-topology.ts'
import { createLibp2pNode, type Libp2pNode } from './libp2p-node.ts'
import { Mailbox } from './mailbox.ts'
import { MemoryMeter } from './meter.ts'
import type { NodeRuntimeOptions } from './node-runtime-options.ts'
import { PeerTable, peerKeyOf } from './peer-table.ts'
import { PenaltyLedger } from './penalty-ledger.ts'
import { SnapshotKeeper } from './snapshot-keeper.ts'
import { DurableStore } from './store/durable-store.ts'
import { AcceleratedTimers } from './timers.ts'
import { TrafficFilter } from './traffic-filter.ts'
import { Libp2pTransport } from './transport.ts'

/** A node's life: created stopped, `start`, `stop` or `kill`. */
export class NodeRuntime<V extends Vocabulary> {
  readonly clock: AcceleratedClock
  readonly timers: AcceleratedTimers
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
  readonly #libp2p: Libp2pNode
  readonly #mailbox: Mailbox
  readonly #store: DurableStore
  readonly #doorkeeper: Doorkeeper<V['message']>
  readonly #bringUp: BringUp
  readonly #snapshots: SnapshotKeeper
  #state: 'created' | 'running' | 'stopped' = 'created'
  #failed = false

  /** Opens the store and creates node and libp2p; nothing listens yet. */
  static async create<V extends Vocabulary>(options: NodeRuntimeOptions<V>): Promise<NodeRuntime<V>> {
    const ledger = new PenaltyLedger()
    const key = await peerKeyOf(options.seed, options.nodeId)
    const libp2p = await createLibp2pNode({
      key,
      listen: [`/ip4/${options.listenHost}/tcp/${options.listenPort}`],
      topics: options.topics,
      limits: options.limits,
      gater: createBanGater(ledger),
    })
    return new NodeRuntime(options, libp2p, ledger)
  }

  private constructor(options: NodeRuntimeOptions<V>, libp2p: Libp2pNode, ledger: PenaltyLedger) {
    this.#options = options
    this.#libp2p = libp2p
    this.ledger = ledger
    this.peers = new PeerTable(options.peers)
    this.clock = new AcceleratedClock(options.clock)
    this.filter = new TrafficFilter(Math.random)
    this.#mailbox = new Mailbox((error) => this.#fail(error))
    this.#store = DurableStore.open(options.directory, {
      onDurable: (ticket) => this.#deliver({ via: 'store', ticket }),
      onFailure: (error) => this.#fail(error),
    })
    this.isRestart = this.#store.existed || existsSync(join(options.directory, 'events.jsonl'))
    ledger.load(this.#ledgerFile)
    this.log = new EventLog({
      directory: options.directory,
      node: options.nodeId,
      nowMs: () => this.clock.scenarioMs(),
      toJson: options.toJson,
      onEvent: options.onEvent,
    })
    this.timers = new AcceleratedTimers(this.clock, (timer, dueMs) => {
      options.onPop?.(dueMs, timer)
      this.#mailbox.post(() => {
        if (this.timers.claim(timer)) this.node.onTimer(timer)
      })
    })
    this.#doorkeeper = this.#createDoorkeeper()
    this.transport = this.#createTransport()
    this.#bringUp = this.#createBringUp()
    this.node = options.create(this.#ports())
    this.#snapshots = new SnapshotKeeper({
      directory: options.directory,
      take: () => this.node.snapshot(),
      post: (task) => this.#mailbox.post(task),
    })
  }

  get peerId(): string {
    return this.#libp2p.peerId.toString()
  }

  addresses(): readonly string[] {
    return this.#libp2p.getMultiaddrs().map((address) => address.toString())
  }

  /** Peers connected now. */
  get connections(): number {
    return this.#libp2p.getPeers().length
  }

  async start(): Promise<void> {
    await this.transport.open()
    try {
      await this.#libp2p.start()
    } catch (cause) {
      throw new SolventError({
        code: 'E_HOST_START',
        message: 'The node cannot listen.',
        details: {
          node: this.#options.nodeId,
          host: this.#options.listenHost,
          port: this.#options.listenPort,
        },
        cause,
      })
    }
    this.#state = 'running'
    const snapshot = this.isRestart ? this.#snapshots.read() : null
    await this.#mailbox.run(() => {
      if (snapshot !== null) this.node.restore(snapshot)
      this.node.start()
    })
    this.#bringUp.start()
    this.#snapshots.start()
  }

  ready(timeoutMs: number): Promise<void> {
    return this.#bringUp.ready(timeoutMs)
  }

  /** Runs `action` as a handler of the node. */
  act(action: () => void): Promise<void> {
    return this.#mailbox.run(action)
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
    await Promise.all([this.log.close(), this.#doorkeeper.close(), this.#libp2p.stop()])
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
    this.ledger.save(this.#ledgerFile)
    await Promise.all([this.#store.close(), this.log.close(), this.#doorkeeper.close(), this.#libp2p.stop()])
  }

  /** Nothing reaches the node any more. */
  #quiet(): void {
    this.#snapshots.stop()
    this.#bringUp.stop()
    this.timers.stop()
    this.transport.close()
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

  #createTransport(): Libp2pTransport<V> {
    const { nodeId, topics, limits, codec } = this.#options
    const { acceleration } = this.#options.clock
    return new Libp2pTransport<V>({
      self: nodeId,
      libp2p: this.#libp2p,
      peers: this.peers,
      topics,
      limits,
      codec,
      doorkeeper: this.#doorkeeper,
      filter: this.filter,
      isBanned: (peerId) => this.ledger.banned(peerId),
      wallMsOf: (virtualMs) => Math.ceil(virtualMs / acceleration),
      deliver: (inbound, onVerdict) => this.#deliver(inbound, onVerdict),
      count: (name) => this.meter.count(name),
      warn: (text) => this.log.text('warn', text),
    })
  }

  #createDoorkeeper(): Doorkeeper<V['message']> {
    const { ledger, peers } = this
    return createDoorkeeper(this.#options, {
      ledger,
      nowMs: () => this.clock.nowMs(),
      disconnect: (peerId) => this.#disconnect(peerId),
      onPenalty: (penalty) => {
        this.#options.onPenalty?.(penalty, peers.nameOf(penalty.peerId))
        if (penalty.action === 'ban') ledger.save(this.#ledgerFile)
      },
      onRefusal: (refusal) => this.#options.onRefusal?.(refusal, peers.nameOf(refusal.peerId)),
      count: (name) => this.meter.count(name),
    })
  }

  #createBringUp(): BringUp {
    const { nodeId, gossipDegree, limits } = this.#options
    const listening = this.peers.entries.filter((entry) => entry.address !== null).map(({ id }) => id)
    return new BringUp({
      libp2p: this.#libp2p,
      gossip: this.transport.gossip,
      peers: this.peers,
      neighbours: gossipNeighbours(listening, nodeId, gossipDegree),
      dialTimeoutMs: limits.dialTimeoutMs,
    })
  }

  #disconnect(peerId: string): void {
    for (const connection of this.#libp2p.getConnections()) {
      if (connection.remotePeer.toString() === peerId)
        connection.abort(new Error('The peer broke the rules.'))
    }
  }

  get #ledgerFile(): string {
    return join(this.#options.directory, 'penalties.json')
  }
}
