// For tests of every package: parts of small networks.
export {
  gasTokens,
  l1Chain,
  noContracts,
  optimisticRollup,
  partyOf,
  quorumBridge,
  token,
  zkRollup,
} from './network-parts.ts'
