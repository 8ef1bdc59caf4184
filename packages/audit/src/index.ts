// The invariants, checked from what blocks carry and nodes record. Never imports the settlement core.
export {
  type AuditReport,
  type Breach,
  MAX_BREACHES_PER_ID,
  neverEvaluated,
  type RunDemands,
} from './audit-report.ts'
export type {
  AccountBalance,
  Auditor,
  AuditorOptions,
  Delivery,
  PoolBacking,
  RouteBacking,
  ShownValue,
  TokenMark,
} from './auditor.ts'
export {
  type AuditedCascade,
  type AuditedClaim,
  type AuditedClearing,
  cascadeBreaches,
  clearingBreaches,
  monotoneBreaches,
} from './cascade-rules.ts'
export { invariantCatalogue } from './catalogue/invariant-catalogue.ts'
export { createAuditor } from './create-auditor.ts'
export { type AuditedDebt, type AuditedFall, type AuditedMoment, fallBreaches } from './fall-rules.ts'
export {
  type Cadence,
  cadences,
  type EvidenceSource,
  type Invariant,
  type InvariantCatalogue,
  isRequired,
  type RuntimeName,
} from './invariant.ts'
export { type InvariantId, invariantIds } from './invariant-id.ts'
export { needStatement, needsMet, type RunNeed, type RunTraffic, runNeeds } from './run-needs.ts'
export {
  type AuditedPlan,
  type AuditedRecord,
  type AuditedSummary,
  SweepAudit,
  type SweepBreach,
} from './sweep-audit.ts'
export type { VaultBacking } from './vault-record.ts'
