import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.ts'

/** Tests of networks in real time: two of them at once would measure each other. */
const network = [
  'packages/runtime-libp2p/**/*.test.ts',
  'apps/cli/src/commands/down.test.ts',
  'test/e2e/{lifecycle,network}.test.ts',
  'test/{equivalence,conformance}/**/*.test.ts',
]
const exclude = ['**/node_modules/**', '**/bench/**', 'runs/**']

/** One configuration for the whole workspace: sources are run as they are, there is nothing to build. */
export default defineConfig({
  test: {
    environment: 'node',
    // Processes, because tests send signals and must not share a heap.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...exclude, ...network],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'network',
          include: network,
          exclude,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
