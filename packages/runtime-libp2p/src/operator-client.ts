// The operator's side: a libp2p peer that dials any node of a network and asks it (CLI, launcher).
import type { NodeId } from '@solvent/primitives'
import type { ControlMessage, ControlReply, Message } from '@solvent/protocol'
import type { PeerEntry } from './peer-table.ts'
import type { MessageCodec } from './wire-codec.ts'

export interface OperatorClientOptions {
  /** The operator's name in `spec.operators`. */
  readonly operator: NodeId
  /** Seed of the network's test keys. */
  readonly seed: string
  readonly peers: readonly PeerEntry[]
  readonly codec: MessageCodec<Message>
}

export interface OperatorClient {
  /**
   * Asks one node. Throws E_OPERATOR_TIMEOUT, E_OPERATOR_UNREACHABLE, E_OPERATOR_REFUSED, E_OPERATOR_TOO_LARGE
   * or E_OPERATOR_CLOSED.
   */
  ask(node: NodeId, message: ControlMessage, timeoutMs: number): Promise<ControlReply>
  /** Asks every node that listens, in parallel; unreachable ones are missing from the answer. */
  askAll(message: ControlMessage, timeoutMs: number): Promise<ReadonlyMap<NodeId, ControlReply>>
  close(): Promise<void>
}

/** Creates and starts the client; it listens nowhere. */
export type CreateOperatorClient = (options: OperatorClientOptions) => Promise<OperatorClient>
