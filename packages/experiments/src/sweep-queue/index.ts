// The door to sweeps over a queue: loaded only by those who use one.
export { engineFacts } from '../sweep/engine-facts.ts'
export { QueueExecutor } from './queue-executor.ts'
export { type QueueWorkerOptions, workQueue } from './queue-worker.ts'
export { refuseUnreachable } from './redis-connection.ts'
