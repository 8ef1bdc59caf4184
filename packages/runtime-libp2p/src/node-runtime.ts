// One node and its ports on libp2p, whatever its vocabulary: assembles clock, timers, transport, execution, store,
// log and meter around it, runs its handlers one at a time, and takes everything down again within a deadline.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectionGater } from '@libp2p/interface'
import type { ExecutionEngine, Inbound, Node, Ports, Rng, Verdict, Vocabulary } from '@solvent/ports'
import { type NodeId, SolventError } from '@solvent/primitives'
import type { SignatureVerifier } from '@solvent/protocol'
import { BringUp } from './bring-up.ts'
import { AcceleratedClock, type ClockSetting } from './clock.ts'
import { Blame, type Refusal } from './door/blame.ts'
import { Inspector, type LaneRule } from './door/inspection.ts'
import type { MessageDoor } from './door/message-door.ts'
import { SignatureChecks } from './door/signature-checks.ts'
import { EventLog } from './event-log.ts'
import { createExecutions } from './execution.ts'
import { gossipNeighbours } from './gossip-topology.ts'
import { createLibp2pNode, type Libp2pNode } from './libp2p-node.ts'
import { Mailbox } from './mailbox.ts'
import { MemoryMeter } from './meter.ts'
import { type Penalty, PenaltyLedger, type Severity } from './penalty-ledger.ts'
import { type PeerEntry, PeerTable, peerKeyOf } from './peer-table.ts'
import type { NetworkLimits } from './profile.ts'
import { readSnapshot, writeSnapshot } from './snapshot-file.ts'
import { DurableStore } from './store/durable-store.ts'
import { AcceleratedTimers } from './timers.ts'
import { TrafficFilter } from './traffic-filter.ts'
import { Libp2pTransport } from './transport.ts'
import type { MessageCodec } from './wire-codec.ts'

export interface NodeRuntimeOptions<V extends Vocabulary> {
  readonly nodeId: NodeId
  readonly seed: string
  readonly clock: ClockSetting
  readonly listenHost: string
  readonly listenPort: number
  readonly peers: readonly PeerEntry[]
  readonly topics: readonly V['topic'][]
  readonly limits: NetworkLimits
  readonly gossipDegree: number
  readonly codec: MessageCodec<V['message']>
  readonly door: MessageDoor<V['message']>
  readonly fits: LaneRule<V['message']>
  /** How grave a bad signature on this message is. */
  readonly forgerySeverity: (message: V['message']) => Severity
  readonly verifier: SignatureVerifier
  readonly signer: V['signer']
  readonly rng: Rng
  readonly engines: readonly ExecutionEngine<V>[]
  readonly directory: string
  readonly create: (ports: Ports<V>) => Node<V>
  readonly toJson: (event: V['event']) => unknown
  readonly onEvent?: ((atMs: number, event: V['event']) => void) | undefined
  readonly onFatal: (error: unknown) => void
  /** Penalties and refusals as domain events of the vocabulary. */
  readonly onPenalty?: (penalty: Penalty, peer: NodeId) => void
  readonly onRefusal?: (refusal: Refusal, peer: NodeId) => void
  /** Sees what reaches the node first; a verdict means that it was dealt with. */
  readonly intercept?: (inbound: Inbound<V>) => Verdict | null
}

/** How often a node's snapshot is written while it runs (wall); a costly one less often. */
const SNAPSHOT_EVERY_MS = 5_000
const SNAPSHOT_COST_FACTOR = 50

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
  readonly #signatures: SignatureChecks
  readonly #bringUp: BringUp
  #snapshotTimer: NodeJS.Timeout | null = null
  #handledSinceSnapshot = 0
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
      gater: gaterOf(ledger),
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
    this.timers = new AcceleratedTimers(this.clock, (timer) => {
      this.#mailbox.post(() => {
        if (this.timers.claim(timer)) this.node.onTimer(timer)
      })
    })
    this.#signatures = new SignatureChecks({
      verifier: options.verifier,
      threads: options.limits.signatureThreads,
      queue: options.limits.signatureQueue,
      remembered: options.limits.digestsRemembered,
      ttlMs: options.limits.digestTtlMs,
    })
    this.transport = this.#createTransport()
    this.#bringUp = this.#createBringUp()
    this.node = options.create(this.#ports())
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
    const { directory } = this.#options
    await this.transport.open()
    try {
      await this.#libp2p.start()
    } catch (cause) {
      throw new SolventError({
        code: 'E_HOST_START',
        message: 'The node cannot listen.',
        details: { node: this.#options.nodeId, host: this.#options.listenHost, port: this.#options.listenPort },
        cause,
      })
    }
    this.#state = 'running'
    const snapshot = this.isRestart ? readSnapshot(directory) : null
    await this.#mailbox.run(() => {
      if (snapshot !== null) this.node.restore(snapshot)
      this.node.start()
    })
    this.#bringUp.start()
    this.#planSnapshot(SNAPSHOT_EVERY_MS)
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
    await Promise.all([this.log.close(), this.#signatures.close(), this.#libp2p.stop()])
  }

  async #takeDown(wasRunning: boolean): Promise<void> {
    if (wasRunning && !this.#failed) {
      await this.#mailbox.run(() => {
        this.node.stop()
        writeSnapshot(this.#options.directory, this.node.snapshot())
      }).catch(() => undefined)
    }
    this.#quiet()
    this.ledger.save(this.#ledgerFile)
    await Promise.all([this.#store.close(), this.log.close(), this.#signatures.close(), this.#libp2p.stop()])
  }

  /** Nothing reaches the node any more. */
  #quiet(): void {
    if (this.#snapshotTimer !== null) clearTimeout(this.#snapshotTimer)
    this.#bringUp.stop()
    this.timers.stop()
    this.transport.close()
    this.#mailbox.close()
  }

  #fail(error: unknown): void {
    if (this.#failed) return
    this.#failed = true
    this.#quiet()
    this.log.text('warn', `A handler failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    this.#options.onFatal(error)
  }

  #deliver(inbound: Inbound<V>, onVerdict?: (verdict: Verdict) => void): void {
    this.#mailbox.post(() => {
      this.#handledSinceSnapshot++
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
    const { nodeId, topics, limits, codec, door, fits, forgerySeverity } = this.#options
    const { acceleration } = this.#options.clock
    return new Libp2pTransport<V>({
      self: nodeId,
      libp2p: this.#libp2p,
      peers: this.peers,
      topics,
      limits,
      codec,
      door,
      forgerySeverity,
      inspector: new Inspector({
        codec,
        door,
        fits,
        nowMs: () => this.clock.nowMs(),
        graceMs: Math.ceil(limits.expiryGraceMs * acceleration),
      }),
      signatures: this.#signatures,
      blame: this.#createBlame(),
      filter: this.filter,
      isBanned: (peerId) => this.ledger.banned(peerId),
      wallMsOf: (virtualMs) => Math.ceil(virtualMs / acceleration),
      deliver: (inbound, onVerdict) => this.#deliver(inbound, onVerdict),
      count: (name) => this.meter.count(name),
      warn: (text) => this.log.text('warn', text),
    })
  }

  #createBlame(): Blame {
    return new Blame({
      ledger: this.ledger,
      disconnect: (peerId) => this.#disconnect(peerId),
      onPenalty: (penalty) => {
        this.#options.onPenalty?.(penalty, this.peers.nameOf(penalty.peerId))
        if (penalty.action === 'ban') this.ledger.save(this.#ledgerFile)
      },
      onRefusal: (refusal) => this.#options.onRefusal?.(refusal, this.peers.nameOf(refusal.peerId)),
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
      if (connection.remotePeer.toString() === peerId) connection.abort(new Error('The peer broke the rules.'))
    }
  }

  #planSnapshot(afterMs: number): void {
    this.#snapshotTimer = setTimeout(() => {
      if (this.#handledSinceSnapshot === 0) return this.#planSnapshot(SNAPSHOT_EVERY_MS)
      this.#mailbox.post(() => {
        const startedMs = performance.now()
        this.#handledSinceSnapshot = 0
        writeSnapshot(this.#options.directory, this.node.snapshot())
        this.#planSnapshot(Math.max(SNAPSHOT_EVERY_MS, (performance.now() - startedMs) * SNAPSHOT_COST_FACTOR))
      })
    }, afterMs)
  }

  get #ledgerFile(): string {
    return join(this.#options.directory, 'penalties.json')
  }
}

/** Bans hold for what comes in and for what is dialled. */
function gaterOf(ledger: PenaltyLedger): ConnectionGater {
  return {
    denyDialPeer: (peer) => ledger.banned(peer.toString()),
    denyInboundEncryptedConnection: (peer) => ledger.banned(peer.toString()),
    denyOutboundEncryptedConnection: (peer) => ledger.banned(peer.toString()),
    // The default refuses private ranges; the table names its addresses itself.
    denyDialMultiaddr: () => false,
  }
}
