// `solvent run FILE`: one scenario to its end, in virtual time or as real processes.
import {
  checkResultsDirectory,
  KEPT_SAMPLES,
  type LoadedScenario,
  runScenario,
  writeResults,
} from '@solvent/experiments'
import { SolventError } from '@solvent/primitives'
import { readScenario } from '../input.ts'
import { createLiveProgress } from '../output/live-progress.ts'
import { runTables } from '../output/run-tables.ts'
import { result, resultJson } from '../output/streams.ts'
import { NODE_PROGRAM, runsDirectory } from '../project.ts'
import { userPath } from '../user-path.ts'
import { interruptible } from './interrupt.ts'
import { outcomeCode, replayLine } from './outcome.ts'

export interface RunOptions {
  readonly runtime: 'sim' | 'libp2p'
  readonly seed?: number | undefined
  readonly out?: string | undefined
  readonly json?: boolean | undefined
  readonly crypto?: 'stand-in' | 'real' | undefined
  readonly codec?: 'objects' | 'real' | undefined
  readonly metricsPort?: number | undefined
  readonly counterfactual?: boolean | undefined
  /** Values put into the scenario, PATH=VALUE. */
  readonly set?: readonly string[] | undefined
  readonly hosting?: 'processes' | 'one-process' | undefined
}

export async function run(file: string, options: RunOptions): Promise<number> {
  if (options.metricsPort !== undefined && options.runtime === 'sim') throw metricsOfNothing()
  const read = await readScenario(file, options.set)
  const loaded = options.counterfactual === true ? withCounterfactual(read) : read
  const seed = options.seed ?? loaded.scenario.seed
  const directory =
    options.out === undefined ? runsDirectory(loaded.scenario.name, seed) : userPath(options.out)
  await checkResultsDirectory(directory)
  const progress = createLiveProgress(loaded.scenario, options.seed ?? loaded.scenario.seed)
  const outcome = await interruptible((signal) =>
    runScenario({
      loaded,
      seed,
      runtime: options.runtime,
      nodeProgram: NODE_PROGRAM,
      signal,
      samples: KEPT_SAMPLES,
      ...(options.crypto === undefined ? {} : { crypto: options.crypto }),
      ...(options.codec === undefined ? {} : { codec: options.codec }),
      ...(options.metricsPort === undefined ? {} : { metricsPort: options.metricsPort }),
      ...(options.hosting === undefined ? {} : { hosting: options.hosting }),
      onNote: progress.note,
      ...(options.runtime === 'sim' ? {} : { onLaunch: progress.launch, onProgress: progress.run }),
    }),
  ).finally(() => progress.stop())
  await writeResults(directory, loaded, [outcome])
  if (options.json === true) resultJson(outcome.summary)
  else result(`${runTables([{ title: options.runtime, run: outcome }])}\n\nResults: ${directory}`)
  const { crypto, codec, set } = options
  return outcomeCode([outcome], replayLine({ file, seed, crypto, codec, set }))
}

/** As if the file had asked for it. */
function withCounterfactual(loaded: LoadedScenario): LoadedScenario {
  return { ...loaded, scenario: { ...loaded.scenario, counterfactual: 'independent-bidders' } }
}

function metricsOfNothing(): SolventError {
  return new SolventError({
    code: 'E_USAGE',
    message: 'Metrics are of live nodes, and the simulator has none.',
    details: { option: '--metrics-port' },
    hint: 'Add --runtime libp2p, or leave the option out: measures over time are in the results.',
  })
}
