import { defineConfig } from 'vitest/config'

/** One configuration for the whole workspace: sources are run as they are, there is nothing to build. */
export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/bench/**', 'runs/**'],
    environment: 'node',
    // Processes, because tests start nodes, send signals and must not share a heap.
    pool: 'forks',
    // Two cores: two workers fill them, more would only make the timing of live networks worse.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: ['default'],
  },
})
