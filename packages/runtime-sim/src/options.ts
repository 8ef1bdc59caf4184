// What a simulation is made of. Everything is plain data or a pure part; the same options give the same run.
// Times in ms, probabilities 0 … 1.
import type { ExecutionEngine, Node, Ports, Vocabulary } from '@solvent/ports'
import type { Address, NodeId } from '@solvent/primitives'
import type { Fault, ScheduledFault } from '@solvent/protocol'

export interface SimulationOptions<V extends Vocabulary> {
  /** Root of all random streams. */
  readonly seed: string
  /** Unix ms at which virtual time begins. */
  readonly genesisMs: number
  readonly nodes: readonly SimulatedNode<V>[]
  readonly links?: Partial<LinkOptions>
  readonly gossip?: Partial<GossipOptions>
  readonly delays?: Partial<LocalDelays>
  readonly snapshots?: Partial<SnapshotOptions>
  /** What a message must pass before a node sees it; without one everything passes. */
  readonly door?: Door<V>
  /** With a codec every message is encoded and decoded on its way; without one nodes share the objects. */
  readonly codec?: Codec<V>
  /** 32 bits of a message's content for the trace digest; structural by default. */
  readonly contentWord?: (message: V['message']) => number
  /** Bytes of a message where no codec says it, for links that are slow by size; 512 by default. */
  readonly sizeOf?: (message: V['message']) => number
  /** Whether the run keeps a trace digest; it does unless told otherwise. */
  readonly trace?: 'digest' | 'none'
  readonly faults?: readonly ScheduledFault[]
  /** How an operator's message and a data source's report look in this vocabulary; needed for such faults. */
  readonly injections?: Injections<V>
  readonly observers?: Observers<V>
  readonly limits?: { readonly maxEvents?: number }
}

export interface SimulatedNode<V extends Vocabulary> {
  readonly id: NodeId
  readonly address?: Address
  /** Called at the start and again after every restart. */
  readonly create: (ports: Ports<V>) => Node<V>
  readonly signer: V['signer']
  /**
   * A list outlives crashes of the node, like an execution client in a process of its own. A function makes fresh ones
   * for each life of the node: what a process holds in memory dies with it, and stored blocks are imported again.
   */
  readonly engines?: readonly ExecutionEngine<V>[] | (() => readonly ExecutionEngine<V>[])
}

/** One way from node to node; every transmission draws its own latency, so order is not kept. */
export interface LinkOptions {
  /** Least latency, whole ms; what is above it is exponential. */
  readonly minLatencyMs: number
  readonly meanLatencyMs: number
  /** Probability that a transmission is lost, repeated, or held back by three mean latencies. */
  readonly loss: number
  readonly duplicate: number
  readonly reorder: number
}

/** The mesh that gossip floods over, after gossipsub's parameters. */
export interface GossipOptions {
  /** Neighbours a node looks for in each topic's mesh (gossipsub D). */
  readonly degree: number
  /** A transmission lost on a link is offered again at the next heartbeat (IHAVE, IWANT)… */
  readonly heartbeatMs: number
  /** …so many times (gossipsub's history), 0 … 100. */
  readonly offers: number
}

/** What a node's own ports take, in whole ms. */
export interface LocalDelays {
  readonly storeMs: number
  readonly executionMs: number
  /** Checks at the door, for every hop. */
  readonly doorMs: number
}

/** Which nodes write their snapshots when, for the object of their next life to be restored from the newest. */
export interface SnapshotOptions {
  /** Whole ms of virtual time in a life before its first snapshot, and between them. */
  readonly everyMs: number
  /** `restarting`: nodes that a fault will still crash and restart; the others have nothing to be restored for. */
  readonly of: 'restarting' | 'all'
}

export type DoorResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly verdict: 'ignore' | 'reject'; readonly reason: string }

/** Times are those of the receiving node's clock, skew included. */
export interface Door<V extends Vocabulary> {
  /** Everything that must hold of a message. */
  check(message: V['message'], nowMs: number): DoorResult
  /**
   * The part of `check` that depends on the time and not on signatures. With it, signatures are checked once for
   * each message and not at every node that it reaches.
   */
  precheck?(message: V['message'], nowMs: number): DoorResult
}

export interface Codec<V extends Vocabulary> {
  encode(message: V['message']): Uint8Array
  decode(bytes: Uint8Array): V['message']
  /** Larger frames are refused (`too-large`). */
  readonly maxBytes: number
}

/** Faults that reach a node as a message. */
export type Injection = Extract<Fault, { kind: 'control' | 'source-report' }>

export interface Injections<V extends Vocabulary> {
  readonly operator: NodeId
  control(message: Extract<Injection, { kind: 'control' }>['message']): V['message']
  sourceReport(fault: Extract<Injection, { kind: 'source-report' }>): V['message']
}

/** Outsiders that watch a run and cannot change it. */
export interface Observers<V extends Vocabulary> {
  readonly onEvent?: (atMs: number, node: NodeId, event: V['event']) => void
  readonly onText?: (atMs: number, node: NodeId, level: string, text: string) => void
  readonly onPop?: (timeMs: number, priority: number, sequence: number) => void
  /** A message reached its node: when it was sent, when it arrived, the least that its way takes. */
  readonly onDelivery?: (sentAtMs: number, deliveredAtMs: number, minLatencyMs: number) => void
  /** A scheduled fault begins or ends. */
  readonly onFault?: (atMs: number, label: string, phase: 'begin' | 'end') => void
  /** A message was turned away at the door or by the node; a frame over the limit by its own sender. */
  readonly onRefusal?: (
    atMs: number,
    node: NodeId,
    from: NodeId,
    verdict: 'ignore' | 'reject',
    reason: string,
    /** A topic, or how a message came that was not gossip; empty when it never left. */
    lane: string,
  ) => void
}

export const defaultLinks: LinkOptions = {
  minLatencyMs: 10,
  meanLatencyMs: 60,
  loss: 0,
  duplicate: 0,
  reorder: 0,
}
export const defaultGossip: GossipOptions = { degree: 6, heartbeatMs: 1_000, offers: 3 }
export const defaultSnapshots: SnapshotOptions = { everyMs: 60_000, of: 'restarting' }
export const defaultDelays: LocalDelays = { storeMs: 1, executionMs: 1, doorMs: 2 }
