// The door for those who price orders and sign nothing: pure rules, without the libraries of signatures and schemas.
export { curveAmount } from './block-curve.ts'
export { decayedAmount } from './dutch-decay.ts'
export { exclusivityHolds } from './exclusivity.ts'
export { amountAtFee } from './priority-fee.ts'
