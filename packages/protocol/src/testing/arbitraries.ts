// Random artefacts of every kind, in the ranges that the schemas allow, for property tests.

export { journalEntry, receipt } from './arbitraries/block.ts'
export { attestation, bridgeMessage, bridgePayload } from './arbitraries/bridge.ts'
export { blobTransaction, call, transaction } from './arbitraries/call.ts'
export { header } from './arbitraries/header.ts'
export { message } from './arbitraries/message.ts'
export { award, bid, order, quote } from './arbitraries/order.ts'
export { address, chainId, count, hash32, signature, uint32, uint256 } from './arbitraries/scalars.ts'
