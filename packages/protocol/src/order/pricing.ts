// The door for those who price orders and sign nothing: pure rules, without the libraries of signatures and schemas.
export type { AuctionRule } from './auction-rule.ts'
export { curveAmount } from './block-curve.ts'
export { decayedAmount } from './dutch-decay.ts'
export { exclusivityHolds } from './exclusivity.ts'
export { amountAtFee } from './priority-fee.ts'
