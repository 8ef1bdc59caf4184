// `solvent analyse DIR`: what the records of a sweep say, with how sure one can be.
import { analyseSweep } from '@solvent/experiments/analysis'
import { EXIT } from '../exit-code.ts'
import { analysisTables } from '../output/analysis-tables.ts'
import { result, resultJson } from '../output/streams.ts'
import { resultsPath } from '../user-path.ts'

export interface AnalyseOptions {
  readonly metric?: readonly string[] | undefined
  readonly outcome?: string | undefined
  readonly confidence: number
  readonly resamples: number
  readonly seed: number
  readonly json?: boolean | undefined
}

export async function analyse(directory: string, options: AnalyseOptions): Promise<number> {
  const { metric = [], outcome, confidence, resamples, seed } = options
  const analysis = await analyseSweep({
    directory: await resultsPath(directory),
    metrics: metric,
    outcome,
    confidence,
    resamples,
    seed,
  })
  if (options.json === true) resultJson(analysis)
  else result(analysisTables(analysis))
  return EXIT.ok
}
