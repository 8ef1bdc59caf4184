// For tests and benchmarks of this package and of those that run hosts: hostile peers, a small vocabulary, and
// networks of runtimes on loopback.
export {
  concat,
  exchangeBytes,
  gossipRpc,
  HostilePeer,
  lengthPrefixed,
  type RawGossip,
  subscriptionRpc,
  varint,
} from './hostile-peer.ts'
export { eventually, freePorts, nodeNames, WordNetwork } from './word-network.ts'
