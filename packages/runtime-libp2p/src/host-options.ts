// What it takes to run one node on libp2p, and what a running host offers. Plain data and a few functions,
// so that a process (or a test with many nodes in one process) assembles it from a network's files.
import type { ExecutionEngine, Node, Ports, Rng } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import type {
  DigestSigner,
  DomainEvent,
  Message,
  NetworkSpec,
  ScheduledFault,
  SignatureVerifier,
  SolventVocabulary,
} from '@solvent/protocol'
import type { ClockSetting, Pace } from './clock.ts'
import type { MessageDoor } from './door/message-door.ts'
import type { PeerEntry } from './peer-table.ts'
import type { NetworkLimits } from './profile.ts'
import type { MessageCodec } from './wire-codec.ts'

export interface HostOptions {
  readonly nodeId: NodeId
  /** Seed of the network's test keys; the PeerId is the Ed25519 key of `peerSeed(seed, nodeId)`. */
  readonly seed: string
  readonly spec: NetworkSpec
  /** Shared by all processes of a network, see `createAcceleratedClock`. */
  readonly clock: ClockSetting
  /** TCP port on `listenHost`; 0 takes a free one (then only peers that are told of it can dial). */
  readonly listenPort: number
  /** IPv4 address to listen on; 127.0.0.1 when left out. */
  readonly listenHost?: string
  /** All nodes of the network and the operators, this node included or not. Peers outside are anonymous. */
  readonly peers: readonly PeerEntry[]
  /** What is checked before a message reaches the node (protocol's `createDoor`). */
  readonly door: MessageDoor<Message>
  /** Bytes on the wire (protocol's `encodeMessage`, `decodeMessage`, bound to the network). */
  readonly codec: MessageCodec<Message>
  /** Checks signatures at the door; secp256k1 in a worker pool when left out. */
  readonly verifier?: SignatureVerifier
  readonly signer: DigestSigner
  /** The tree of random streams, the same that the simulator would give this node. */
  readonly rng: Rng
  /** One per chain that the node produces for, in the order of its configuration; empty for others. */
  readonly engines: readonly ExecutionEngine<SolventVocabulary>[]
  /** The node's own directory (mode 0700): `store.log`, `events.jsonl`, `node.log`, `snapshot.bin`, `penalties.json`. */
  readonly directory: string
  readonly create: (ports: Ports<SolventVocabulary>) => Node<SolventVocabulary>
  /** For `node-started` events and operator status, e.g. `solver`. */
  readonly role: string
  /** The network's schedule; the host applies control, source-report, partition, link and clock-skew faults to its own node. */
  readonly faults: readonly ScheduledFault[]
  /** Every domain event, stamped with the node's virtual time (ms). */
  readonly onEvent?: (atMs: number, event: DomainEvent) => void
  /** Every timer as it fires: its moment and its number, which strictly increase (T-1). */
  readonly onPop?: (dueMs: number, sequence: number) => void
  /** A handler threw: the host has stopped calling the node; a process exits with 70. */
  readonly onFatal: (error: unknown) => void
  /** An operator asked for `shutdown`; the process then calls `stop`. */
  readonly onShutdown?: () => void
  /** Gossip neighbours of a node, counting both directions; 6 when left out. Requests dial on demand. */
  readonly gossipDegree?: number
  /** Exceptions from the one-machine limits. */
  readonly limits?: Partial<NetworkLimits>
}

/** One node on libp2p: created, started, ready, stopped. */
export interface Host {
  readonly nodeId: NodeId
  readonly peerId: string
  /** Multiaddrs with `/p2p/<PeerId>`, once started. */
  addresses(): readonly string[]
  /** Listens, dials its gossip peers and starts the node. Throws E_HOST_START when the port is taken or the directory unusable. */
  start(): Promise<void>
  /** Lets virtual time run from this moment of the wall on, when the clock's setting left the moment open. */
  begin(startedAtWallMs: number): void
  /** Lets virtual time run at another pace from a moment of the wall on that all nodes of the network are told. */
  pace(pace: Pace, fromWallMs: number): void
  /** How late the node's timers came at most since it was last asked, virtual ms. */
  takeLagMs(): number
  /** The process stood still on purpose: what fell due meanwhile is not late. */
  forgiveLag(): void
  /** Resolves when the gossip mesh stands (connected and grafted on every subscribed topic), rejects with E_NOT_READY after `timeoutMs`. */
  ready(timeoutMs: number): Promise<void>
  /** Stops the node, flushes log and store, closes libp2p; resolves after `deadlineMs` at the latest. */
  stop(deadlineMs: number): Promise<void>
  /** Counters and gauges since the start; `messages.received` counts what reached the node over the network. */
  metrics(): ReadonlyMap<string, number>
}
