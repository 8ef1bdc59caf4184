// Exposures that tests of several packages share.
export { bridgeChain } from './bridge-chain.ts'
