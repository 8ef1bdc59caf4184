// Scenarios, their assembly into networks, runs on either runtime, and what is kept of them. What acts on a live
// network is behind the door `./live`.
export { type AssembleOptions, assemble } from './assembly/assemble.ts'
export type { NetworkPlan, NodeRole, PlannedNode } from './assembly/network-plan.ts'
export { bidsOfRun } from './bids/run-bids.ts'
export type { BreakReport, ContagionReport } from './contagion/contagion-report.ts'
export { runContagion } from './contagion/run-contagion.ts'
export { writeContagion } from './contagion/write-contagion.ts'
export { type DrawnFault, drawFaults } from './faults/draw-faults.ts'
export { faultKinds, type ScenarioFault } from './faults/fault-schema.ts'
export { type RegularFileOptions, readRegularFile } from './files/regular-file.ts'
export type { Figure } from './learning/figure.ts'
export { type LearnReport, learnJson, runLearn, writeLearn } from './learning/learn-report.ts'
export { type LoadedLearnFile, loadLearnFile } from './learning/load-learn-file.ts'
export { machineWorkers } from './learning/run-study.ts'
export type { StudySummary } from './learning/study-summary.ts'
export type { TendersSummary } from './learning/tenders-summary.ts'
export type { LaunchProgress } from './live/live-network.ts'
export { type GatheredAudits, gatherAudits, type NodeAuditFile } from './live/node-audit.ts'
export type { Timekeeping } from './live/pacer.ts'
export { type ClearingReport, clearNetwork } from './networks/clear-network.ts'
export { type NetworkSource, readNetworkFile } from './networks/network-file.ts'
export { stressNetwork } from './networks/stress-network.ts'
export type { StressModel, StressReport, StressRequest } from './networks/stress-request.ts'
export { writeReport } from './report/write-report.ts'
export {
  aggregateReports,
  type MadeReport,
  makeReport,
  type VerifiedProof,
  verifyProofs,
} from './reports/disclosure.ts'
export { type FileAsNamed, readProofFile, readReportFile, reportText } from './reports/report-files.ts'
export { checkResultsDirectory } from './results/results-place.ts'
export { ENGINE_VERSION } from './run/engine-version.ts'
export type { ExpectationOutcome } from './run/expectations.ts'
export {
  type RunProgress,
  type RunScenarioOptions,
  runScenario,
  type ScenarioRun,
} from './run/run-scenario.ts'
export type { RunSummary } from './run/run-summary.ts'
export { KEPT_SAMPLES } from './run/time-series.ts'
export { writeResults } from './run/write-results.ts'
export { type LoadedScenario, loadScenario } from './scenario/load-scenario.ts'
export { allNodeNames, scenarioNodes } from './scenario/node-names.ts'
export { type Scenario, scenarioJsonSchema } from './scenario/scenario-schema.ts'
export { halfTheShock } from './scenario/shock.ts'
export { scenarioWith } from './settings/scenario-settings.ts'
export { openResults, type QueryResult, type ResultsQuery } from './store/query-results.ts'
export { type OrderStory, orderStory, type StoryStep } from './story/order-story.ts'
export type { FinalityRow } from './verify/finality-row.ts'
export { finalityTable } from './verify/finality-table.ts'
export { type IncidentFigure, type IncidentOutcome, verifyIncidents } from './verify/incident-table.ts'
export type { PublishedRow } from './verify/published/published-row.ts'
export { publishedTable } from './verify/published/published-table.ts'
export { type FixtureOutcome, verifyFixtures } from './verify/verify-fixtures.ts'
