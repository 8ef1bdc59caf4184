// The order of test files: those that take longest first, so that at the end no core waits for one of them. A clone has no times of earlier
// runs, and the runner then goes by size, which says nothing of files that run every scenario.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Ten seconds and more on one core, the longest first. */
const LONGEST = [
  'test/validation/scenarios.test.ts',
  'test/e2e/commands.test.ts',
  'test/determinism/determinism.test.ts',
  'test/validation/reference-model.test.ts',
  'packages/experiments/src/sweep/sigkill.test.ts',
  'test/e2e/dashboard.test.ts',
  'packages/experiments/src/verify/verify-fixtures.test.ts',
  'test/validation/incidents.test.ts',
  'test/validation/exposures.test.ts',
  'test/validation/tutorials.test.ts',
  'packages/experiments/src/sweep/sweep.test.ts',
  'packages/experiments/src/contagion/contagion.test.ts',
  'packages/experiments/src/sweep-queue/queue-executor.test.ts',
  'test/architecture/floors.test.ts',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.sort((a, b) => groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b))
  }
}

const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`))
  return place === -1 ? LONGEST.length : place
}
