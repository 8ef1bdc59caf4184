// What a loopback network is given and what it offers to a test.
import type { NodeId } from '@solvent/primitives'
import type { ExecutionEngine } from '../execution.ts'
import type { Node } from '../node.ts'
import type { Ports } from '../ports.ts'
import type { Vocabulary } from '../vocabulary.ts'
import type { LoopbackStore } from './loopback-store.ts'

export interface LoopbackOptions<V extends Vocabulary> {
  readonly seed: string
  /** Unix ms at which the clock starts. */
  readonly startMs: number
  /** One way between two nodes; default 5 ms. */
  readonly latencyMs?: (from: NodeId, to: NodeId) => number
  /** From a put to its answer; default 1 ms. */
  readonly storeDelayMs?: number
  readonly signer: (node: NodeId) => V['signer']
  /** True: the message between these two is lost. */
  readonly lose?: (from: NodeId, to: NodeId, message: V['message'], nowMs: number) => boolean
}

export interface LoopbackRecord<V extends Vocabulary> {
  readonly atMs: number
  readonly node: NodeId
  readonly event: V['event']
}

export interface Loopback<V extends Vocabulary> {
  readonly nowMs: number
  /** Domain events of all nodes, oldest first. */
  readonly events: readonly LoopbackRecord<V>[]
  /** Verdicts other than `accept`, oldest first. */
  readonly refusals: readonly {
    readonly node: NodeId
    readonly from: NodeId
    readonly verdict: 'ignore' | { readonly reject: string }
  }[]
  /** Every message put on the wire, oldest first. */
  readonly sent: readonly {
    readonly atMs: number
    readonly from: NodeId
    readonly to: NodeId
    readonly message: V['message']
  }[]
  add(id: NodeId, create: (ports: Ports<V>) => Node<V>, engines?: readonly ExecutionEngine<V>[]): void
  /** Runs `start` of every node that was added and not yet started. */
  start(): void
  act(id: NodeId, action: () => void): void
  /** Runs everything due within the next `ms`. */
  advance(ms: number): void
  kill(id: NodeId, disk: 'kept' | 'unsynced-lost' | 'lost'): void
  /** A fresh node from the same constructor; with `snapshot`, restored before it starts. */
  restart(id: NodeId, snapshot?: Uint8Array): void
  node(id: NodeId): Node<V>
  store(id: NodeId): LoopbackStore
}
