// The door to live networks. It loads libp2p; whoever only simulates or verifies never comes through here.
export { unplayedOnLibp2p } from '../faults/runtime-limits.ts'
export { ENDING_NOTE, noteEnding } from './ending-note.ts'
export { type InjectedFault, injectFault } from './inject-fault.ts'
export { type LaunchOptions, LiveNetwork } from './live-network.ts'
export { NETWORK_FILE, type NetworkFile, readNetworkFile } from './network-file.ts'
export { connectOperator, type Operator } from './operator.ts'
export { scheduleProcessFaults } from './process-faults.ts'
export { describeLoss, type LostNode } from './running-network.ts'
