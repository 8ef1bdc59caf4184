// Random artefacts of every kind, in the ranges that the schemas allow, for property tests.

export { receipt } from './arbitraries/block.ts'
export { attestation, bridgeMessage } from './arbitraries/bridge.ts'
export { blobTransaction, transaction } from './arbitraries/call.ts'
export { header } from './arbitraries/header.ts'
export { message } from './arbitraries/message.ts'
export { award, bid, earlyOpening, order, quote, sealedBid, solution } from './arbitraries/order.ts'
export { address, count, hash32, signature } from './arbitraries/scalars.ts'
