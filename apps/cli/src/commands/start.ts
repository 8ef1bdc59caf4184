// `solvent start`: the main job. The scenario as a network of real processes, then again in virtual time from
// scenario and seed alone, and whether the two came to the same outcomes.

import {
  checkResultsDirectory,
  KEPT_SAMPLES,
  runScenario,
  type Timekeeping,
  writeResults,
} from '@solvent/experiments'
import { compareReports, type Difference } from '@solvent/nodes'
import { EXIT } from '../exit-code.ts'
import { readScenario } from '../input.ts'
import { createLiveProgress } from '../output/live-progress.ts'
import { runTables } from '../output/run-tables.ts'
import { bold, green, note, red, result, resultJson } from '../output/streams.ts'
import { MAIN_SCENARIO, NODE_PROGRAM, runsDirectory } from '../project.ts'
import { userPath } from '../user-path.ts'
import { interruptible } from './interrupt.ts'
import { fellBehind, outcomeCode, replayLine } from './outcome.ts'

export interface StartOptions {
  readonly seed?: number | undefined
  readonly out?: string | undefined
  readonly json?: boolean | undefined
}

const SHOWN_DIFFERENCES = 12

export async function start(file: string | undefined, options: StartOptions): Promise<number> {
  const loaded = await readScenario(file ?? MAIN_SCENARIO)
  const { scenario } = loaded
  const seed = options.seed ?? scenario.seed
  const directory = options.out === undefined ? runsDirectory(scenario.name, seed) : userPath(options.out)
  await checkResultsDirectory(directory)
  note(`${scenario.title}: seed ${seed}, up to ${scenario.live.acceleration} times real time`)
  const progress = createLiveProgress(scenario, options.seed ?? scenario.seed)
  const shared = { loaded, seed, nodeProgram: NODE_PROGRAM }
  const live = await interruptible((signal) =>
    runScenario({
      ...shared,
      runtime: 'libp2p',
      signal,
      onLaunch: progress.launch,
      onProgress: progress.run,
      onNote: progress.note,
    }),
  ).finally(() => progress.stop())
  note('replaying in virtual time …')
  const sim = await runScenario({ ...shared, runtime: 'sim', samples: KEPT_SAMPLES })
  await writeResults(directory, loaded, [live, sim])
  const differences = compareReports(live.report, sim.report).differences
  if (options.json === true) {
    resultJson({ libp2p: live.summary, sim: sim.summary, equivalent: differences.length === 0, differences })
  } else {
    result(
      runTables([
        { title: 'libp2p', run: live },
        { title: 'sim', run: sim },
      ]),
    )
    result(
      `\n${bold('Equivalence')}\n${verdict(differences, live.summary.timekeeping)}\n\nResults: ${directory}`,
    )
  }
  const code = outcomeCode([live, sim], replayLine({ file: file ?? MAIN_SCENARIO, seed }))
  if (code !== EXIT.ok || differences.length === 0) return code
  return live.summary.timekeeping?.fellBehind === true ? EXIT.io : EXIT.expectation
}

function verdict(differences: readonly Difference[], timekeeping: Timekeeping | null): string {
  if (differences.length === 0)
    return green('equal: the same winners, fills, ends of orders and final balances on both runtimes')
  const shown = differences
    .slice(0, SHOWN_DIFFERENCES)
    .map(({ what, left, right }) => `  ${what}: libp2p ${left}, sim ${right}`)
  const rest = differences.length > shown.length ? [`  … and ${differences.length - shown.length} more`] : []
  const head =
    timekeeping?.fellBehind === true
      ? `no verdict: ${fellBehind(timekeeping)} It is different in ${differences.length} places, which may be why; lower live.acceleration`
      : `different in ${differences.length} places`
  return [red(head), ...shown, ...rest].join('\n')
}
