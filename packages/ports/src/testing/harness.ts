// What a runtime offers to be tested: a way to start nodes on it, to act as one of them, and to let time pass.
// The suites are the same for a runtime in virtual time (`advance` runs the queue) and for one in real time
// (`advance` waits), so nothing here assumes that an effect is immediate.
import type { NodeId } from '@solvent/primitives'
import type { ExecutionEngine } from '../execution.ts'
import type { Node } from '../node.ts'
import type { Ports } from '../ports.ts'
import type { Vocabulary } from '../vocabulary.ts'

/** One node that a suite wants to have running. */
export interface ConformanceNode<V extends Vocabulary> {
  readonly id: NodeId
  readonly create: (ports: Ports<V>) => Node<V>
  /** One per `ports.execution` entry, in the same order; empty for nodes that produce nothing. */
  readonly engines: readonly ExecutionEngine<V>[]
}

/** A running set of nodes. */
export interface ConformanceNetwork {
  /** Runs `action` as a handler of the node: one at a time with its other handlers; resolves when it has returned. */
  act(node: NodeId, action: () => void): Promise<void>
  /** Lets at least `ms` of the nodes' clocks pass and delivers what became due. */
  advance(ms: number): Promise<void>
  /** Kills the node without `stop()` and starts a fresh one from the same `create` on the same store and snapshot. */
  restart(node: NodeId): Promise<void>
  /** Orderly end of all nodes; safe to call once. */
  stop(): Promise<void>
}

/** A runtime under test, bound to a vocabulary. Everything a suite sends comes from here, so that doors let it pass. */
export interface ConformanceHarness<V extends Vocabulary> {
  /** Named in the test titles, e.g. `runtime-sim, objects`. */
  readonly name: string
  /** Three ids that `start` accepts, and one that names no node of the network. */
  readonly nodeIds: readonly [NodeId, NodeId, NodeId]
  readonly absentId: NodeId
  /** Two gossip topics; `message.gossip` fits the first, and the suites publish nothing on the second. */
  readonly topics: readonly [V['topic'], V['topic']]
  /** Valid, distinct messages for n = 0, 1, 2, …; the same n gives an equal message. */
  readonly message: {
    gossip(n: number): V['message']
    direct(n: number): V['message']
    request(n: number): V['message']
    reply(n: number): V['message']
  }
  /** Any values of the right types, distinct by n; the suites' engines never look inside. */
  readonly transaction: (n: number) => V['transaction']
  readonly block: (n: number) => V['block']
  /** Resolves once every node has run `start()` and can reach every other, also by gossip on `topics[0]`. */
  start(nodes: readonly ConformanceNode<V>[]): Promise<ConformanceNetwork>
  /** Upper bound of a message's way between two nodes, in node milliseconds. */
  readonly latencyBoundMs: number
  /** Node milliseconds after which a killed node is restored from a snapshot taken since, if it was handed anything. */
  readonly snapshotWithinMs: number
}
