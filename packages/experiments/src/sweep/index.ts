// The door to sweeps.

export {
  COMPARED_METRICS,
  type ComparisonRequest,
  comparableMechanisms,
  planComparison,
} from '../competition/mechanism-comparison.ts'
export { type RecordedSweep, readRecords } from '../store/recorded-sweep.ts'
export { valueLabels } from './design/value-labels.ts'
export { type Estimate, estimate } from './estimate.ts'
export type { Executor } from './executor.ts'
export { planSweep, type ReadSweep, readSweep } from './load-sweep.ts'
export { type MergeRequest, mergeShards } from './merge-shards.ts'
export { type SweepRequest, sweep } from './open-sweep.ts'
export { replayResults } from './replay-results.ts'
export { type ReplayedRun, replayRun } from './replay-run.ts'
export { type RunRecord, type RunStatus, replayLine } from './run-record.ts'
export type { SweepProgress } from './run-sweep.ts'
export type { Shard } from './sweep-manifest.ts'
export { plannedRun, runCount, type SweepPlan } from './sweep-plan.ts'
export { sweepJsonSchema } from './sweep-schema.ts'
export { CONFIDENCE, numberOf, type PointSummary, type SweepSummary } from './sweep-summary.ts'
export { ThreadExecutor } from './thread-executor.ts'
