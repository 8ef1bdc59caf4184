// The door to sweeps.

export type { Executor } from './executor.ts'
export { planSweep, type ReadSweep, readSweep } from './load-sweep.ts'
export { type MergeRequest, mergeShards } from './merge-shards.ts'
export { type SweepRequest, sweep } from './open-sweep.ts'
export { type ReplayedRun, replayRun } from './replay-run.ts'
export type { SweepProgress } from './run-sweep.ts'
export type { SweepPlan } from './sweep-plan.ts'
export { sweepJsonSchema } from './sweep-schema.ts'
export type { Shard } from './sweep-store.ts'
export type { PointSummary, SweepSummary } from './sweep-summary.ts'
export { ThreadExecutor } from './thread-executor.ts'
