// The nodes: synchronous state machines that know only ports, and what they are made from.
export { type AuctioneerInit, type AuctioneerPorts, createAuctioneer } from './auctioneer/auctioneer.ts'
export {
  type BalanceLine,
  type BridgeOutcome,
  type ChainProgress,
  decodeRunReport,
  encodeRunReport,
  type InvariantOutcome,
  type LossRule,
  lossRules,
  type OrderCounts,
  type OrderEnd,
  type OrderOutcome,
  orderEnds,
  type ReceivableSum,
  type RunReport,
  type SolverOutcome,
  type UserWelfare,
} from './watcher/run-report.ts'
