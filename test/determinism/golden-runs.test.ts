// Whole networks, from one version to the next: a run's trace digest covers every event of it. When one changes, runs of
// earlier versions cannot be repeated, and the commit says why.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadScenario, runScenario } from '@solvent/experiments'
import { expect, it } from 'vitest'
import { GOLDEN_RUNS } from './golden-digests.ts'

const SCENARIOS = join(import.meta.dirname, '../../configs/scenarios')

it.each(Object.entries(GOLDEN_RUNS))(
  '%s runs as it ran before',
  { timeout: 60_000 },
  async (file, golden) => {
    const loaded = loadScenario(file, readFileSync(join(SCENARIOS, file)))
    const { summary } = await runScenario({
      loaded,
      seed: loaded.scenario.seed,
      runtime: 'sim',
      nodeProgram: '',
    })
    expect(summary.traceDigest).toBe(golden)
  },
)
