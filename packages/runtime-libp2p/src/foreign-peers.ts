// Peers that are of no network file: each has a fresh identity and is connected to one node alone. They keep to the protocol up to the
// handshake and to gossipsub's subscriptions; what they do then is their purpose. In the node's own process, on loopback.
import { randomBytes } from 'node:crypto'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { createLibp2pNode, type Libp2pNode } from './libp2p-node.ts'
import { oneMachineLimits } from './profile.ts'

export interface ForeignPeersOptions {
  /** Multiaddr of the node. */
  readonly address: string
  readonly topics: readonly string[]
  readonly count: number
}

export interface ForeignPeers {
  readonly peerIds: ReadonlySet<string>
  /** The same peers, until they are connected. */
  readonly met: Promise<void>
  stop(): void
}

const DIAL_TIMEOUT_MS = 8_000
/** Four messages a second: a fifth of what a stranger may send (`gossipStranger`). */
const GARBAGE_EVERY_MS = 250
const GARBAGE_BYTES = 256

/** Peers that take part in the mesh of every topic and pass nothing on: nobody else hears of what reaches them. */
export async function openSilentPeers(options: ForeignPeersOptions): Promise<ForeignPeers> {
  const nodes = await startAll(options)
  const address = multiaddr(options.address)
  for (const { services } of nodes) for (const topic of options.topics) services.pubsub.subscribe(topic)
  return {
    peerIds: new Set(nodes.map(({ peerId }) => peerId.toString())),
    met: Promise.all(nodes.map((node) => meet(node, address))).then(() => undefined),
    stop: () => stopAll(nodes),
  }
}

/** Peers that gossip bytes which nobody can read, as fast as a stranger may, and come back when they are shown the door. */
export async function openGarbagePeers(options: ForeignPeersOptions): Promise<ForeignPeers> {
  const nodes = await startAll(options)
  const address = multiaddr(options.address)
  const timers = nodes.map((node, at) => {
    const topic = options.topics[at % options.topics.length]!
    return setInterval(() => void speak(node, address, topic), GARBAGE_EVERY_MS)
  })
  return {
    peerIds: new Set(nodes.map(({ peerId }) => peerId.toString())),
    met: Promise.all(nodes.map((node) => meet(node, address))).then(() => undefined),
    stop() {
      for (const timer of timers) clearInterval(timer)
      stopAll(nodes)
    },
  }
}

async function speak(node: Libp2pNode, address: Multiaddr, topic: string): Promise<void> {
  if (node.getConnections().length === 0) await meet(node, address)
  await node.services.pubsub.publish(topic, randomBytes(GARBAGE_BYTES)).catch(() => undefined)
}

/** A node that has banned the peer, or has no place, refuses it: what it is meant to do. */
async function meet(node: Libp2pNode, address: Multiaddr): Promise<void> {
  if (node.status !== 'started') return
  await node.dial(address, { signal: AbortSignal.timeout(DIAL_TIMEOUT_MS) }).catch(() => undefined)
}

async function startAll({ topics, count }: ForeignPeersOptions): Promise<Libp2pNode[]> {
  const nodes: Libp2pNode[] = []
  for (let n = 0; n < count; n++) {
    const node = await createLibp2pNode({
      key: await generateKeyPair('Ed25519'),
      listen: [],
      topics,
      limits: oneMachineLimits,
      gater: { denyDialMultiaddr: () => false },
    })
    await node.start()
    nodes.push(node)
  }
  return nodes
}

function stopAll(nodes: readonly Libp2pNode[]): void {
  for (const node of nodes) void Promise.resolve(node.stop()).catch(() => undefined)
}
