// Who is who: node names, PeerIds and addresses. A peer of the network is known by name; anyone else is
// anonymous (`peer-…`) and trusted with less.

import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { asNodeId, type NodeId, sha256 } from '@solvent/primitives'

export interface PeerEntry {
  readonly id: NodeId
  /** Base58 PeerId. */
  readonly peerId: string
  /** Where it listens, e.g. `/ip4/127.0.0.1/tcp/4001`; null for peers that only dial (operators). */
  readonly address: string | null
}

/** The libp2p identity of a node of a test network: Ed25519 from SHA-256 of `solvent test peer/<seed>/<nodeId>`; never its signing key. */
export async function peerKeyOf(seed: string, nodeId: NodeId): Promise<PrivateKey> {
  const text = new TextEncoder().encode(`solvent test peer/${seed}/${nodeId}`)
  return generateKeyPairFromSeed('Ed25519', sha256(text))
}

/**
 * The stable PeerId of a node of a test network.
 *
 * @example await peerIdOf('1', asNodeId('solver-1')) // '12D3KooW…'
 */
export async function peerIdOf(seed: string, nodeId: NodeId): Promise<string> {
  return peerIdFromPrivateKey(await peerKeyOf(seed, nodeId)).toString()
}

/** A row of the static peer table: loopback and a port, or null for a peer that only dials. */
export async function peerEntryOf(seed: string, id: NodeId, port: number | null): Promise<PeerEntry> {
  const address = port === null ? null : `/ip4/127.0.0.1/tcp/${port}`
  return { id, peerId: await peerIdOf(seed, id), address }
}

/** The static table, looked up both ways. */
export class PeerTable {
  readonly entries: readonly PeerEntry[]
  readonly #byName: ReadonlyMap<NodeId, PeerEntry>
  readonly #byPeerId: ReadonlyMap<string, PeerEntry>

  constructor(entries: readonly PeerEntry[]) {
    this.entries = entries
    this.#byName = new Map(entries.map((entry) => [entry.id, entry]))
    this.#byPeerId = new Map(entries.map((entry) => [entry.peerId, entry]))
  }

  named(id: NodeId): PeerEntry | undefined {
    return this.#byName.get(id)
  }

  /** Whether the peer is of this network. */
  knows(peerId: string): boolean {
    return this.#byPeerId.has(peerId)
  }

  /** The node's name, or `peer-` and the last characters of the PeerId in lower case for a stranger. */
  nameOf(peerId: string): NodeId {
    return this.#byPeerId.get(peerId)?.id ?? strangerName(peerId)
  }
}

function strangerName(peerId: string): NodeId {
  const tail = peerId
    .slice(-16)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
  return asNodeId(`peer-${tail}`)
}
