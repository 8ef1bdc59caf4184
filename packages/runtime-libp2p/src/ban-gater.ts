// Bans and refusals at the connection gater: for what comes in and for what is dialled.
import type { ConnectionGater } from '@libp2p/interface'
import type { InboundPlaces } from './inbound-places.ts'
import type { PenaltyLedger } from './penalty-ledger.ts'
import type { RefusedPeers } from './refused-peers.ts'

/** Refuses connections with banned and refused peers, and all that come in while their places are taken. */
export function createBanGater(
  ledger: PenaltyLedger,
  places: InboundPlaces,
  refused: RefusedPeers,
): ConnectionGater {
  const isDenied = (peerId: string): boolean => ledger.banned(peerId) || refused.has(peerId)
  return {
    denyInboundConnection: () => places.areTaken,
    denyDialPeer: (peer) => isDenied(peer.toString()),
    denyInboundEncryptedConnection: (peer) => isDenied(peer.toString()),
    denyOutboundEncryptedConnection: (peer) => isDenied(peer.toString()),
    // The default refuses private ranges; the table names its addresses itself.
    denyDialMultiaddr: () => false,
  }
}
