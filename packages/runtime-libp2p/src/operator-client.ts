// The operator's side: a libp2p peer that dials any node of a network and asks it (CLI, launcher).
import { multiaddr } from '@multiformats/multiaddr'
import type { RequestFailure } from '@solvent/ports'
import { type ErrorCode, isSolventError, type NodeId, SolventError } from '@solvent/primitives'
import type { ControlMessage, ControlReply, Message } from '@solvent/protocol'
import { EXCHANGE_PROTOCOL } from './exchange/exchange-frame.ts'
import { OutboundLink, type RequestEnd } from './exchange/outbound-link.ts'
import { createLibp2pNode, type Libp2pNode } from './libp2p-node.ts'
import { type PeerEntry, PeerTable, peerKeyOf } from './peer-table.ts'
import { oneMachineLimits } from './profile.ts'
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

const CODES: Readonly<Record<RequestFailure, ErrorCode>> = {
  timeout: 'E_OPERATOR_TIMEOUT',
  unreachable: 'E_OPERATOR_UNREACHABLE',
  refused: 'E_OPERATOR_REFUSED',
  'too-large': 'E_OPERATOR_TOO_LARGE',
  closed: 'E_OPERATOR_CLOSED',
}

const CLOSE_DEADLINE_MS = 1_000

/**
 * Creates and starts an operator's client; it listens nowhere and takes part in no gossip topic.
 *
 * @example
 * const client = await createOperatorClient({ operator, seed, peers, codec })
 * await client.ask(asNodeId('solver-1'), { kind: 'status' }, 5_000) // { kind: 'status', status: … }
 */
export async function createOperatorClient(options: OperatorClientOptions): Promise<OperatorClient> {
  const libp2p = await createLibp2pNode({
    key: await peerKeyOf(options.seed, options.operator),
    listen: [],
    topics: [],
    limits: oneMachineLimits,
    gater: { denyDialMultiaddr: () => false },
  })
  await libp2p.start()
  return new Libp2pOperatorClient(libp2p, options)
}

class Libp2pOperatorClient implements OperatorClient {
  readonly #libp2p: Libp2pNode
  readonly #peers: PeerTable
  readonly #codec: MessageCodec<Message>
  readonly #links = new Map<NodeId, OutboundLink>()

  constructor(libp2p: Libp2pNode, options: OperatorClientOptions) {
    this.#libp2p = libp2p
    this.#peers = new PeerTable(options.peers)
    this.#codec = options.codec
  }

  async ask(node: NodeId, message: ControlMessage, timeoutMs: number): Promise<ControlReply> {
    const link = this.#linkTo(node)
    if (link === null) throw failure(node, 'unreachable')
    const body = this.#codec.encode({ type: 'control', body: message })
    const end = await new Promise<RequestEnd>((resolve) => link.request(body, timeoutMs, resolve))
    if (end.kind === 'failure') throw failure(node, end.reason)
    const reply = this.#codec.decode(end.body)
    if (reply.type !== 'control-reply') throw failure(node, 'refused')
    return reply.body
  }

  async askAll(message: ControlMessage, timeoutMs: number): Promise<ReadonlyMap<NodeId, ControlReply>> {
    const nodes = this.#peers.entries.filter((entry) => entry.address !== null).map(({ id }) => id)
    const answers = await Promise.all(
      nodes.map((node) => this.ask(node, message, timeoutMs).catch(nothingIfFailed)),
    )
    const found = new Map<NodeId, ControlReply>()
    for (const [i, answer] of answers.entries()) if (answer !== null) found.set(nodes[i] as NodeId, answer)
    return found
  }

  async close(): Promise<void> {
    for (const link of this.#links.values()) link.close()
    await Promise.race([
      this.#libp2p.stop(),
      new Promise((resolve) => setTimeout(resolve, CLOSE_DEADLINE_MS).unref()),
    ])
  }

  #linkTo(node: NodeId): OutboundLink | null {
    const entry = this.#peers.named(node)
    if (entry === undefined || entry.address === null) return null
    const target = multiaddr(`${entry.address}/p2p/${entry.peerId}`)
    let link = this.#links.get(node)
    if (link === undefined) {
      link = new OutboundLink({
        open: () =>
          this.#libp2p.dialProtocol(target, EXCHANGE_PROTOCOL, {
            signal: AbortSignal.timeout(oneMachineLimits.dialTimeoutMs),
          }),
        maxReplyBytes: oneMachineLimits.replyBytes,
        frameTimeoutMs: oneMachineLimits.frameTimeoutMs,
        inFlight: oneMachineLimits.requestsInFlight,
        waiting: oneMachineLimits.requestsWaiting,
        arrival: () => ({ pass: true, delayMs: 0 }),
        // The operator blames no one; what cannot be read is not an answer.
        onMalformed: () => undefined,
      })
      this.#links.set(node, link)
    }
    return link
  }
}

function nothingIfFailed(error: unknown): null {
  if (isSolventError(error)) return null
  throw error
}

function failure(node: NodeId, reason: RequestFailure): SolventError {
  return new SolventError({
    code: CODES[reason],
    message: 'The node did not answer.',
    details: { node, reason },
  })
}
