// libp2p with the one-machine profile: TCP on loopback, noise, yamux, identify and gossipsub; no discovery, no
// DHT, no relay. The only place where libp2p is put together.
import { createHash, type Hash } from 'node:crypto'
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { type GossipSub, gossipsub, StrictNoSign } from '@libp2p/gossipsub'
import { identify } from '@libp2p/identify'
import type { ConnectionGater, Libp2p, PrivateKey } from '@libp2p/interface'
import { tcp } from '@libp2p/tcp'
import { createLibp2p } from 'libp2p'
import type { NetworkLimits } from './profile.ts'

export interface Services extends Record<string, unknown> {
  readonly identify: unknown
  readonly pubsub: GossipSub
}

export type Libp2pNode = Libp2p<Services>

export interface Libp2pNodeOptions {
  readonly key: PrivateKey
  /** Multiaddrs to listen on; empty for a peer that only dials. */
  readonly listen: readonly string[]
  /** The closed set of gossip topics. */
  readonly topics: readonly string[]
  readonly limits: NetworkLimits
  readonly gater: ConnectionGater
}

const CONTROL_LIMIT = 64
const IDS_LIMIT = 512

/** Creates the node without starting it. */
export function createLibp2pNode(options: Libp2pNodeOptions): Promise<Libp2pNode> {
  const { key, listen, topics, limits, gater } = options
  return createLibp2p<Services>({
    start: false,
    privateKey: key,
    addresses: { listen: [...listen] },
    transports: [tcp({ dialOpts: { noDelay: true }, listenOpts: { noDelay: true } })],
    connectionEncrypters: [noise()],
    streamMuxers: [
      yamux({
        maxInboundStreams: 64,
        maxOutboundStreams: 64,
        maxEarlyStreams: 4,
        enableKeepAlive: false,
        streamOptions: { initialStreamWindowSize: 256 * 1024, maxStreamWindowSize: 1024 * 1024 },
      }),
    ],
    connectionGater: gater,
    connectionManager: {
      maxConnections: limits.maxConnections,
      maxIncomingPendingConnections: limits.maxPendingConnections,
      inboundUpgradeTimeout: limits.upgradeTimeoutMs,
      inboundConnectionThreshold: limits.inboundPerSecond,
      inboundStreamProtocolNegotiationTimeout: limits.negotiationTimeoutMs,
      outboundStreamProtocolNegotiationTimeout: limits.negotiationTimeoutMs,
      dialTimeout: limits.dialTimeoutMs,
      reconnectRetries: 0,
    },
    // A peer that stops answering is noticed by its requests, not by pings of every connection.
    connectionMonitor: { enabled: false },
    services: {
      identify: identify(),
      pubsub: gossipsub(gossipProfile(topics, limits)),
    },
  })
}

/** Gossip without authors: ids and authenticity come from the content, every score is set explicitly. */
function gossipProfile(topics: readonly string[], limits: NetworkLimits): Parameters<typeof gossipsub>[0] {
  return {
    globalSignaturePolicy: StrictNoSign,
    msgIdFn: (message) => contentId(message.topic, message.data),
    fastMsgIdFn: (message) => digestOf(message.topic, message.data ?? EMPTY),
    asyncValidation: true,
    allowPublishToZeroTopicPeers: true,
    ignoreDuplicatePublishError: true,
    fallbackToFloodsub: false,
    doPX: false,
    emitSelf: false,
    floodPublish: true,
    tagMeshPeers: false,
    allowedTopics: new Set(topics),
    maxTopicBytesPerPeer: 16 * 1024,
    maxInboundDataLength: limits.gossipBytes + 1_024,
    maxInboundStreams: 2,
    maxOutboundStreams: 2,
    awaitRpcHandler: true,
    awaitRpcMessageHandler: true,
    decodeRpcLimits: {
      maxSubscriptions: 32,
      maxMessages: 64,
      maxIhaveMessageIDs: IDS_LIMIT,
      maxIwantMessageIDs: IDS_LIMIT,
      maxIdontwantMessageIDs: IDS_LIMIT,
      maxControlMessages: CONTROL_LIMIT,
      maxPeerInfos: 0,
    },
    scoreParams: {
      topics: Object.fromEntries(topics.map((topic) => [topic, topicScore])),
      topicScoreCap: 10,
      appSpecificScore: () => 0,
      appSpecificWeight: 0,
      // All peers of a machine share its address: with the default weight 15 peers are cut off from each other.
      IPColocationFactorWeight: 0,
      IPColocationFactorThreshold: 10,
      IPColocationFactorWhitelist: new Set(['127.0.0.1', '::1']),
      behaviourPenaltyWeight: -10,
      behaviourPenaltyThreshold: 6,
      behaviourPenaltyDecay: 0.2,
      decayInterval: 1_000,
      decayToZero: 0.01,
      retainScore: 3_600_000,
    },
  }
}

/** P1 in whole seconds (the default counts milliseconds), P2 small, P3 off (quiet topics are no fault), P4 on. */
const topicScore = {
  topicWeight: 1,
  timeInMeshWeight: 0.001,
  timeInMeshQuantum: 1_000,
  timeInMeshCap: 3_600,
  firstMessageDeliveriesWeight: 0.1,
  firstMessageDeliveriesDecay: 0.9,
  firstMessageDeliveriesCap: 50,
  meshMessageDeliveriesWeight: 0,
  meshMessageDeliveriesDecay: 0.5,
  meshMessageDeliveriesCap: 100,
  meshMessageDeliveriesThreshold: 20,
  meshMessageDeliveriesWindow: 10,
  meshMessageDeliveriesActivation: 5_000,
  meshFailurePenaltyWeight: 0,
  meshFailurePenaltyDecay: 0.5,
  invalidMessageDeliveriesWeight: -20,
  invalidMessageDeliveriesDecay: 0.3,
}

const EMPTY = new Uint8Array(0)

/** SHA-256 of `topic ‖ 0 ‖ data`: the same content has the same id, whoever sends it. */
function contentId(topic: string, data: Uint8Array): Uint8Array {
  return new Uint8Array(contentHash(topic, data).digest())
}

/**
 * The same as text, also for gossipsub's first filter of duplicates: a short checksum would be cheaper and let one
 * message hide another.
 */
export function digestOf(topic: string, data: Uint8Array): string {
  return contentHash(topic, data).digest('base64')
}

function contentHash(topic: string, data: Uint8Array): Hash {
  return createHash('sha256').update(topic).update('\0').update(data)
}
