// Bans at the connection gater: for what comes in and for what is dialled.
import type { ConnectionGater } from '@libp2p/interface'
import type { InboundPlaces } from './inbound-places.ts'
import type { PenaltyLedger } from './penalty-ledger.ts'

/** Refuses connections with banned peers, and all that come in while their places are taken. */
export function createBanGater(ledger: PenaltyLedger, places: InboundPlaces): ConnectionGater {
  return {
    denyInboundConnection: () => places.areTaken,
    denyDialPeer: (peer) => ledger.banned(peer.toString()),
    denyInboundEncryptedConnection: (peer) => ledger.banned(peer.toString()),
    denyOutboundEncryptedConnection: (peer) => ledger.banned(peer.toString()),
    // The default refuses private ranges; the table names its addresses itself.
    denyDialMultiaddr: () => false,
  }
}
