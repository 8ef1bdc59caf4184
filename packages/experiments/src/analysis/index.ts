// The door to what is made of a sweep's records.
export {
  type AnalysisRequest,
  analyseSweep,
  type MetricDistribution,
  type SweepAnalysis,
} from './analyse-sweep.ts'
export type { Comparison } from './compare-policies.ts'
export type { Foretelling } from './foretell.ts'
export type { Sensitivity } from './sensitivity.ts'
