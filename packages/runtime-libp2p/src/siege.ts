// What a schedule or an operator has strangers do at a node's port: take its places, or be a nuisance.
import type { Fault, SolventVocabulary } from '@solvent/protocol'
import { type ForeignPeers, openGarbagePeers, openSilentPeers } from './foreign-peers.ts'
import type { NodeRuntime } from './node-runtime.ts'
import { openStrangers } from './strangers.ts'

/** Where a node listens, and what it listens to. */
export interface Port {
  readonly host: string
  readonly port: number
  readonly topics: readonly string[]
}

/** As many as a node wants in its meshes (gossipsub D): with them it looks for nobody else. */
const ATTACKERS = 6

type Besieged = Pick<NodeRuntime<SolventVocabulary>, 'takeInboundPlaces' | 'refusePeers' | 'peers'>

/**
 * Attackers connect, then all other places are theirs too; until the returned function is called. With `keeps`, PeerIds, the node's own
 * dials end at attackers as well, but for these.
 */
export function eclipse(at: Port, runtime: Besieged, keeps: readonly string[] | null): () => void {
  const others = keeps === null ? [] : runtime.peers.entries.map(({ peerId }) => peerId)
  let free = (): void => {}
  const leave = during(
    openSilentPeers({ address: addressOf(at), topics: at.topics, count: ATTACKERS }),
    (peers) => {
      const give = runtime.takeInboundPlaces(peers.peerIds)
      const admit = runtime.refusePeers(others.filter((peerId) => keeps?.includes(peerId) === false))
      free = () => {
        give()
        admit()
      }
    },
  )
  return () => {
    leave()
    free()
  }
}

/** Strangers come, until the returned function is called. */
export function besiege(
  at: Port,
  { manner, connections }: Pick<Extract<Fault, { kind: 'strangers' }>, 'manner' | 'connections'>,
): () => void {
  const { host, port, topics } = at
  if (manner !== 'garbage') return openStrangers({ host, port, connections, manner })
  return during(openGarbagePeers({ address: addressOf(at), topics, count: connections }), () => {})
}

/** Peers come when they are made, unless it is over by then. */
function during(coming: Promise<ForeignPeers>, onMet: (peers: ForeignPeers) => void): () => void {
  let isOver = false
  let present: ForeignPeers | null = null
  void coming.then(async (peers) => {
    if (isOver) return peers.stop()
    present = peers
    await peers.met
    if (!isOver) onMet(peers)
  })
  return () => {
    isOver = true
    present?.stop()
  }
}

function addressOf({ host, port }: Port): string {
  return `/ip4/${host}/tcp/${port}`
}
