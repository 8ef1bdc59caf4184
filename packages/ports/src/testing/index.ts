// The conformance suites: each registers vitest tests for one runtime or one signing scheme.
export { clockAndTimersConformance } from './clock-and-timers-conformance.ts'
export { executionConformance } from './execution-conformance.ts'
export type { ConformanceHarness, ConformanceNetwork, ConformanceNode } from './harness.ts'
export { createProbe, type Probe, type ProbeBehaviour } from './probe.ts'
export { type SignerHarness, signerConformance } from './signer-conformance.ts'
export { storeConformance } from './store-conformance.ts'
export { transportConformance } from './transport-conformance.ts'
