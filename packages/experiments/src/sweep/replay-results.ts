// One run of a sweep again, with everything that `solvent run` keeps of a run.
import { SolventError } from '@solvent/primitives'
import { nodeDisk } from '../durable/disk.ts'
import { runScenario } from '../run/run-scenario.ts'
import { KEPT_SAMPLES } from '../run/time-series.ts'
import { writeResults } from '../run/write-results.ts'
import { readScenarioTree } from '../scenario/load-scenario.ts'
import { readPlan } from './open-sweep.ts'
import { plannedRun, runCount, treeOf } from './sweep-plan.ts'

/**
 * Runs one run of a sweep of scenarios again and writes its results directory.
 *
 * @param index as the sweep numbers it
 * @param out where the results shall stand
 * @returns the trace digest, to be compared with what was recorded
 * @throws SolventError E_USAGE when the plan has no such run, or its runs are not of scenarios; as `writeResults`
 */
export async function replayResults(directory: string, index: number, out: string): Promise<string | null> {
  const plan = await readPlan(nodeDisk, directory)
  if (plan.kind !== 'run' || index >= runCount(plan))
    throw new SolventError({
      code: 'E_USAGE',
      message: plan.kind === 'run' ? 'The sweep has no such run.' : 'Only runs of scenarios leave results.',
      details: { run: index, runs: runCount(plan), kind: plan.kind },
    })
  const { point, policy, seed } = plannedRun(plan, index)
  const loaded = readScenarioTree(plan.base.file, treeOf(plan, point, policy), () => ({ line: 1, column: 1 }))
  const run = await runScenario({ loaded, seed, runtime: 'sim', nodeProgram: '', samples: KEPT_SAMPLES })
  await writeResults(out, loaded, [run])
  return run.summary.traceDigest
}
